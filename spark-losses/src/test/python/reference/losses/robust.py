"""Losses for labels that may be wrong."""

from mpmath import mp

from .arithmetic import (
    INF,
    NAN,
    NINF,
    ce,
    check_label,
    exp,
    isnan,
    log,
    log_softmax_of,
    lse,
    num,
    require,
    softmax_of,
    softplus,
    target_of,
    to_power,
    xlogy,
)
from .definition import Label, Scalar, Vector, classification
from .focal import focal
from .likelihood import cross_entropy_loss
from .softmax import logit_clip


@classification
def generalized_cross_entropy_loss(
    logits: Vector, label: int, q: float = 0.7, k: float = 0.0
) -> Scalar:
    """formula: L_q = (1 - p_y^q)/q (q = 0: -log p_y); truncated (k > 0): (1 - k^q)/q when p_y <= k
    range: [0,1/q]
    edges: q outside [0,1] -> error; p_y = 0 -> 1/q
    source: Zhang & Sabuncu 2018 arXiv 1805.07836; AlanChou/Truncated-Loss TruncatedLoss.py (q=0.7,
      k=0.5)
    note: the unofficial code's truncated loss is w*(L_q - L_q(k)), shifted by a constant and 0 when
      pruned; we follow the paper's definition. HanxunH code clamps p to [1e-7,1]
    """
    require(0 <= q <= 1, "q in [0,1]")
    z = num(logits)
    check_label(label, len(z))
    lp = log_softmax_of(z)[label]
    q_ = num(q)

    def f(log_p):
        return -log_p if q == 0 else (1 - exp(q_ * log_p if log_p != NINF else NINF)) / q_

    if isnan(lp):
        return NAN
    if k > 0 and lp <= mp.log(num(k)):
        lp = mp.log(num(k))
    return f(lp)


@classification
def mae_loss(logits: Vector, target: Label) -> Scalar:
    """formula: sum_c |p_c - t_c|  ( = 2(1-p_y) for a hard label)
    range: [0,2]
    edges: one class -> 0
    source: Ghosh et al. 2017 arXiv 1712.09482
    note: APL code (HanxunH loss.py) uses the reduced 1-p_y: see unhinged_loss; LDR repo MAELoss
      sums signed differences and is identically 0 (bug)
    """
    p = softmax_of(num(logits))
    t = target_of(target, len(p))
    return mp.fsum(abs(a - b) for a, b in zip(p, t))


@classification
def unhinged_loss(logits: Vector, label: int) -> Scalar:
    """formula: 1 - p_y
    range: [0,1]
    edges: one class -> 0
    source: equals comp_sum tau=2 (arXiv 2304.07288), GCE q=1 (arXiv 1805.07836), reduced MAE
      (HanxunH loss.py MeanAbsoluteError)
    note: the original unhinged loss (van Rooyen et al. 2015 arXiv 1505.07634) is the linear margin
      loss 1 - y*v; the multi-class softmax form 1-p_y is what GCE/comp-sum papers mean
    """
    p = softmax_of(num(logits))
    check_label(label, len(p))
    return 1 - p[label]


def normalized_logits(z, normalize):
    if normalize == "none":
        return z
    require(normalize == "softplus_mean", "normalize")
    s = [softplus(v) for v in z]
    m = mp.fsum(s) / len(s)
    return [v / m for v in s]


@classification
def ldr_kl_loss(
    logits: Vector, label: int, margin: float = 2.0, lambda_: float = 1.0, normalize: str = "none"
) -> Scalar:
    """formula: lambda * log( (1/C) sum_k exp((z_k - z_y + m*[k!=y])/lambda) );
      normalize='softplus_mean': first z <- softplus(z)/mean(softplus(z))
    range: (-lambda*log C, inf)
    edges: one class -> 0; lambda <= 0 -> error
    source: Zhu, Ying, Yang 2023 Label Distributionally Robust Losses arXiv 2112.14869;
      Optimization-AI/ICML2023_LDR loss.py LDRLoss_V1
    note: code always applies the softplus_mean normalisation and threshold=2, Lambda=1; the paper's
      definition has none. With margin=0, lambda=1 it is CE - log C
    """
    require(lambda_ > 0, "lambda > 0")
    z = num(logits)
    C = len(z)
    check_label(label, C)
    z = normalized_logits(z, normalize)
    lam = num(lambda_)
    return lam * (
        lse([(v - z[label] + (num(margin) if k != label else 0)) / lam for k, v in enumerate(z)])
        - mp.log(C)
    )


@classification
def aldr_kl_loss(
    logits: Vector, label: int, margin: float = 1.0, lambda0: float = 1.0, alpha: float = 2.0
) -> Scalar:
    """formula: F(l) = l*log((1/C) sum_k exp(a_k/l)) - (alpha*log C/(2 lambda0))*(l - lambda0)^2,
      a_k = z_k - z_y + m*[k!=y]; value F(l*), l* = largest root in (0,lambda0] of l = lambda0*(1 -
      KL(p_l || uniform)/(alpha log C)), p_l = softmax(a/l); reached monotonically by iterating from
      lambda0
    range: R
    edges: alpha <= 1 -> error (root may be 0); one class -> 0
    source: arXiv 2112.14869 (ALDR-KL); Optimization-AI/ICML2023_LDR loss.py ALDRLoss_V1
    note: code keeps l per training example, does ONE fixed-point step per epoch, computes KL
      without the margin, adds 1e-5 to p and normalises logits by mean |z|; default alpha there 1.
      We define the converged value (stationary point), on raw logits
    """
    require(alpha > 1, "alpha > 1")
    require(lambda0 > 0, "lambda0 > 0")
    z = num(logits)
    C = len(z)
    check_label(label, C)
    if C == 1:
        return mp.mpf(0)
    with mp.workdps(50):
        a = [v - z[label] + (num(margin) if k != label else 0) for k, v in enumerate(z)]
        l0, al, lc = num(lambda0), num(alpha), mp.log(C)
        lam = l0

        def phi(lam):
            L = log_softmax_of([v / lam for v in a])
            return l0 * (1 - (lc + mp.fsum(xlogy(exp(v), v) for v in L)) / (al * lc))

        for _ in range(5000):
            n = phi(lam)
            if abs(n - lam) < mp.mpf(10) ** -40:
                lam = n
                break
            lam = n
        return lam * (lse([v / lam for v in a]) - lc) - al * lc / (2 * l0) * (lam - l0) ** 2


def ratio(a, b):
    if b == 0 or isnan(a) or isnan(b):
        return NAN
    if b in (INF, NINF):
        return NAN if a in (INF, NINF) else mp.mpf(0)
    return a / b


@classification
def normalized_cross_entropy_loss(logits: Vector, label: int) -> Scalar:
    """formula: log p_y / sum_k log p_k
    range: [0,1]
    edges: one class -> NaN (0/0); some other p_k = 0 -> 0; p_y = 0 -> NaN (inf/inf)
    source: Ma et al. 2020 Normalized Loss Functions (APL) arXiv 2006.13554;
      HanxunH/Active-Passive-Losses loss.py
    """
    z = num(logits)
    check_label(label, len(z))
    L = log_softmax_of(z)
    return ratio(L[label], mp.fsum(L))


@classification
def normalized_focal_loss(logits: Vector, label: int, gamma: float = 0.5) -> Scalar:
    """formula: f(p_y)/sum_k f(p_k), f(p) = -(1-p)^gamma log p
    range: [0,1]
    edges: as normalized_cross_entropy_loss
    source: arXiv 2006.13554; loss.py NormalizedFocalLoss (class default gamma=0, combos gamma=0.5)
    """
    z = num(logits)
    check_label(label, len(z))
    f = [focal(log_p, gamma) for log_p in log_softmax_of(z)]
    return ratio(f[label], mp.fsum(f))


@classification
def normalized_mae_loss(logits: Vector, label: int) -> Scalar:
    """formula: (1 - p_y)/(C - 1)
    range: [0,1/(C-1)]
    edges: one class -> NaN
    source: arXiv 2006.13554
    note: paper: MAE/(2(C-1)) with MAE = 2(1-p_y). Code: 1/(2(C-1)) times the reduced (1-p_y), half
      of the paper. We follow the paper
    """
    p = softmax_of(num(logits))
    C = len(p)
    check_label(label, C)
    return (1 - p[label]) / (C - 1) if C > 1 else NAN


@classification
def normalized_reverse_cross_entropy_loss(logits: Vector, label: int) -> Scalar:
    """formula: (1 - p_y)/(C - 1)
    range: [0,1/(C-1)]
    edges: one class -> NaN
    source: arXiv 2006.13554: RCE_y / sum_k RCE_k = -A(1-p_y)/(-A(C-1)), A = log 0 clamp cancels
    note: code has normalizor = 1/4*(C-1), i.e. (C-1)/4 instead of 1/(4(C-1)) (operator precedence),
      and A = log 1e-4. We follow the paper; value equals normalized_mae_loss
    """
    return normalized_mae_loss(logits, label)


@classification
def normalized_generalized_cross_entropy_loss(logits: Vector, label: int, q: float = 0.7) -> Scalar:
    """formula: (1 - p_y^q)/(C - sum_k p_k^q)
    range: [0,1]
    edges: one class -> NaN; q in (0,1]
    source: arXiv 2006.13554; loss.py NormalizedGeneralizedCrossEntropy (clamps p at 1e-7)
    """
    p = softmax_of(num(logits))
    C = len(p)
    check_label(label, C)
    return ratio(1 - to_power(p[label], num(q)), C - mp.fsum(to_power(v, num(q)) for v in p))


@classification
def reverse_cross_entropy_loss(logits: Vector, target: Label, log_zero: float = -4.0) -> Scalar:
    """formula: -sum_k p_k * max(log t_k, A), log 0 := A = log_zero ( = -A(1-p_y) for a hard label)
    range: [0,-A]
    edges: one class -> 0
    source: Wang et al. 2019 Symmetric Cross Entropy arXiv 1908.06112; APL loss.py
      ReverseCrossEntropy
    note: paper A = -4; APL/SCE code clamps the label at 1e-4, i.e. A = ln 1e-4 = -9.2103, and p at
      1e-7. Default = paper; pass log_zero = -9.210340371976182 for the code
    """
    p = softmax_of(num(logits))
    t = target_of(target, len(p))
    A_ = num(log_zero)
    return -mp.fsum(v * max(log(u), A_) for v, u in zip(p, t))


@classification
def symmetric_cross_entropy_loss(
    logits: Vector, target: Label, alpha: float = 0.1, beta: float = 1.0, log_zero: float = -4.0
) -> Scalar:
    """formula: alpha*CE(z,t) + beta*RCE(z,t)
    range: [0,inf)
    edges: as its parts
    source: arXiv 1908.06112 (CIFAR-10: alpha=0.1, beta=1; CIFAR-100: 6, 0.1); APL loss.py SCELoss
    """
    return num(alpha) * cross_entropy_loss(logits, target) + num(beta) * reverse_cross_entropy_loss(
        logits, target, log_zero
    )


@classification
def active_passive_loss(
    logits: Vector,
    label: int,
    active: str = "nce",
    passive: str = "rce",
    alpha: float = 1.0,
    beta: float = 1.0,
    gamma: float = 0.5,
    log_zero: float = -4.0,
) -> Scalar:
    """formula: alpha*Active + beta*Passive; active: nce | nfl (gamma); passive: rce (log_zero) |
      mae
    range: [0,inf)
    edges: as its parts
    source: arXiv 2006.13554 (NCE+RCE alpha=beta=1 on MNIST/CIFAR-10; 10, 0.1 or 1 on CIFAR-100);
      loss.py NCEandRCE, NCEandMAE, NFLandRCE, NFLandMAE
    note: mae here is the paper's 2(1-p_y); the code's MAE is 1-p_y (halve beta to match the code)
    """
    require(active in ("nce", "nfl") and passive in ("rce", "mae"), "unknown term")
    a = (
        normalized_cross_entropy_loss(logits, label)
        if active == "nce"
        else normalized_focal_loss(logits, label, gamma)
    )
    p = (
        reverse_cross_entropy_loss(logits, label, log_zero)
        if passive == "rce"
        else mae_loss(logits, label)
    )
    return num(alpha) * a + num(beta) * p


@classification
def agce_loss(logits: Vector, label: int, a: float = 1.0, q: float = 2.0) -> Scalar:
    """formula: ((a+1)^q - (a+p_y)^q)/q
    range: [0,((a+1)^q - a^q)/q]
    edges: one class -> 0; q = 0 -> error
    source: Zhou et al. 2021 Asymmetric Loss Functions arXiv 2106.03110; LDR loss.py AGCELoss
      (a=1,q=2)
    """
    require(q != 0, "q != 0")
    p = softmax_of(num(logits))
    check_label(label, len(p))
    a_, q_ = num(a), num(q)
    return (to_power(a_ + 1, q_) - to_power(a_ + p[label], q_)) / q_


@classification
def aul_loss(logits: Vector, label: int, a: float = 1.5, q: float = 0.9) -> Scalar:
    """formula: ((a-p_y)^q - (a-1)^q)/q, a > 1
    range: [0,(a^q-(a-1)^q)/q]
    edges: one class -> 0
    source: arXiv 2106.03110; LDR loss.py AULLoss (a=1.5,q=0.9)
    """
    require(a >= 1 and q != 0, "a >= 1, q != 0")
    p = softmax_of(num(logits))
    check_label(label, len(p))
    a_, q_ = num(a), num(q)
    return (to_power(a_ - p[label], q_) - to_power(a_ - 1, q_)) / q_


@classification
def logit_clip_cross_entropy_loss(
    logits: Vector, label: int, tau: float = 1.0, p: float = 2.0
) -> Scalar:
    """formula: cross_entropy(logit_clip(z, tau, p), y)
    range: (0, log(1+(C-1)exp(2 tau))] for p=inf
    edges: one class -> 0
    source: arXiv 2212.04055 (see logit_clip)
    """
    check_label(label, len(logits))
    return ce(logit_clip(logits, tau, p), label)
