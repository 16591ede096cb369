"""Cross-entropy and what is added to it."""

from mpmath import mp

from .arithmetic import (
    INF,
    NINF,
    ce,
    check_label,
    exp,
    log,
    log_softmax_of,
    lse,
    num,
    require,
    softplus,
    target_of,
    to_power,
    xlogy,
)
from .definition import Label, Matrix, Scalar, Vector, classification


@classification
def cross_entropy_loss(
    logits: Vector,
    target: Label,
    label_smoothing: float = 0.0,
    weight: Vector | None = None,
    ignore_index: int = -100,
) -> Scalar | None:
    """formula: l = -log_softmax(z). Index y: (1-e)*w_y*l_y + (e/C)*sum_c w_c l_c. Soft t: sum_c w_c
      t'_c l_c, t' = (1-e) t + e/C
    range: [0,inf) for labels >= 0
    edges: target == ignore_index -> NULL (torch reduction=none gives 0; NULL makes AVG equal
      torch's mean for unweighted case); label out of range -> error; 0*inf = 0 for zero target
      mass; label logit -inf -> +inf; one class -> 0
    source: torch.nn.functional.cross_entropy (reduction=none)
    note: torch gives NaN for a soft label 0 on a -inf logit; we use 0. torch's weighted mean
      divides by the sum of w_y: the caller must divide by SUM(w_y), not COUNT
    """
    z = num(logits)
    C = len(z)
    e = num(label_smoothing)
    if weight is not None:
        require(len(weight) == C, "weight length")
    w = num(weight) if weight is not None else [mp.mpf(1)] * C
    require(0 <= label_smoothing <= 1, "label_smoothing in [0,1]")
    if not isinstance(target, (list, tuple)):
        if target == ignore_index:
            return None
        check_label(target, C)
    t = target_of(target, C)
    losses = [-v for v in log_softmax_of(z)]
    return mp.fsum(xlogy(w[c] * ((1 - e) * t[c] + e / C), losses[c]) for c in range(C))


@classification
def nll_loss(
    log_probs: Vector, label: int, weight: Vector | None = None, ignore_index: int = -100
) -> Scalar | None:
    """formula: -w_y * logp_y
    range: [0,inf] for log-probabilities
    edges: label == ignore_index -> NULL; logp_y = -inf -> +inf (0 if w_y = 0)
    source: torch.nn.functional.nll_loss (reduction=none)
    """
    if label == ignore_index:
        return None
    check_label(label, len(log_probs))
    w = num(weight[label]) if weight is not None else mp.mpf(1)
    return xlogy(w, -num(log_probs[label]))


@classification
def binary_cross_entropy_with_logits_loss(
    logit: float, target: float, pos_weight: float = 1.0, weight: float = 1.0
) -> Scalar:
    """formula: w * (pos_weight*t*softplus(-z) + (1-t)*softplus(z))
    range: [0,inf)
    edges: zero factor kills infinite softplus
    source: torch.nn.functional.binary_cross_entropy_with_logits (reduction=none)
    """
    z, t = num(logit), num(target)
    return num(weight) * (xlogy(num(pos_weight) * t, softplus(-z)) + xlogy(1 - t, softplus(z)))


@classification
def binary_cross_entropy_loss(prob: float, target: float, weight: float = 1.0) -> Scalar:
    """formula: -w*(t*max(log p,-100) + (1-t)*max(log(1-p),-100))
    range: [0,100*w]
    edges: p outside [0,1] -> error; p = 0 with t = 1 -> 100
    source: torch.nn.functional.binary_cross_entropy (clamps logs at -100)
    """
    require(0 <= prob <= 1, "prob in [0,1]")
    p, t = num(prob), num(target)
    f = mp.mpf(-100)
    return -num(weight) * (t * max(log(p), f) + (1 - t) * max(log(1 - p), f))


def phi_tau(u, tau):
    tau = num(tau)
    if u == INF:
        return INF if tau <= 1 else 1 / (tau - 1)
    return mp.log1p(u) if tau == 1 else (to_power(1 + u, 1 - tau) - 1) / (1 - tau)


@classification
def comp_sum_loss(logits: Vector, label: int, tau: float = 1.0) -> Scalar:
    """formula: u = sum_{j!=y} exp(z_j - z_y); tau = 1: log(1+u); else ((1+u)^(1-tau) - 1)/(1-tau)
    range: [0,inf) for tau <= 1; [0,1/(tau-1)) for tau > 1
    edges: tau < 0 -> error; one class -> 0; z_y = -inf -> +inf or 1/(tau-1)
    source: Mao, Mohri, Zhong 2023 Cross-Entropy Loss Functions arXiv 2304.07288
    note: tau=0 sum-exponential, tau=1 cross-entropy, 1<tau<2 generalized CE with q=tau-1, tau=2 MAE
      (1-p_y)
    """
    require(tau >= 0, "tau >= 0")
    z = num(logits)
    check_label(label, len(z))
    u = (
        INF
        if z[label] == NINF
        else mp.fsum(exp(v - z[label]) for j, v in enumerate(z) if j != label)
    )
    return phi_tau(u, tau)


@classification
def smooth_adversarial_comp_sum_loss(
    logits: Vector,
    adversarial_logits: Vector,
    label: int,
    tau: float = 1.0,
    rho: float = 1.0,
    nu: float = 1.0,
) -> Scalar:
    """formula: Phi_tau(sum_{j!=y} exp((z_j - z_y)/rho)) + nu*||D(adv) - D(clean)||_2, D_j(v) = v_y
      - v_j
    range: [0,inf)
    edges: adversarial = clean -> comp-sum with margin rho; one class -> 0
    source: arXiv 2304.07288 sec. 5 (ADV-COMP-SUM)
    note: the paper takes a supremum over perturbations; here the adversarial logits are a given
      column. No code was released
    """
    z, a = num(logits), num(adversarial_logits)
    y = label
    check_label(y, len(z))
    require(len(a) == len(z), "length")
    r = num(rho)
    u = mp.fsum(exp((v - z[y]) / r) for j, v in enumerate(z) if j != y)
    n = mp.sqrt(mp.fsum(((a[y] - a[j]) - (z[y] - z[j])) ** 2 for j in range(len(z))))
    return phi_tau(u, tau) + num(nu) * n


@classification
def sum_exponential_loss(logits: Vector, label: int) -> Scalar:
    """formula: sum_{j!=y} exp(z_j - z_y)
    range: [0,inf]
    edges: overflow -> +inf; one class -> 0
    source: Weston & Watkins 1998 form; arXiv 2304.07288 (comp-sum tau = 0)
    """
    return comp_sum_loss(logits, label, 0.0)


@classification
def squentropy_loss(logits: Vector, label: int) -> Scalar:
    """formula: -log p_y + (1/(C-1)) * sum_{j!=y} z_j^2
    range: [0,inf)
    edges: one class -> 0 (no second term)
    source: Hui, Belkin, Wright 2023 Cut your losses with Squentropy arXiv 2302.03952;
      Like-Hui/Squentropy_vision svhn.py
    note: code multiplies the square term by args.resquare, which its argument parser never defines
      (the sqen branch cannot run as shipped); paper has no factor, we use none
    """
    z = num(logits)
    C = len(z)
    check_label(label, C)
    return ce(z, label) + (
        mp.fsum(v * v for j, v in enumerate(z) if j != label) / (C - 1) if C > 1 else 0
    )


@classification
def poly1_cross_entropy_loss(logits: Vector, label: int, epsilon: float = 1.0) -> Scalar:
    """formula: -log p_y + eps*(1 - p_y)
    range: [0,inf) for eps >= -1
    edges: p_y = 0 -> +inf
    source: Leng et al. 2022 PolyLoss arXiv 2204.12511; abhuse/polyloss-pytorch polyloss.py
    note: eps=1.0 is the code default; the paper tunes it (2.0 on ImageNet)
    """
    return poly_cross_entropy_loss(logits, label, [epsilon])


@classification
def poly_cross_entropy_loss(logits: Vector, label: int, epsilons: Vector) -> Scalar:
    """formula: Poly-N: -log p_y + sum_{j=1..N} eps_j (1-p_y)^j
    range: depends on eps
    edges: N = 0 -> cross-entropy; one class -> 0
    source: arXiv 2204.12511
    """
    z = num(logits)
    check_label(label, len(z))
    log_p = log_softmax_of(z)[label]
    p = exp(log_p)
    return -log_p + mp.fsum(num(e) * (1 - p) ** (j + 1) for j, e in enumerate(epsilons))


@classification
def shift_scale_invariant_z_loss(
    logits: Vector, label: int, a: float = 1.0, b: float = 0.0
) -> Scalar:
    """formula: (1/a)*softplus(a*(b - zc)); zc = (z_y - mu)/sigma, mu = mean z, sigma = population
      std of z
    range: (0,inf)
    edges: max z == min z (uniform logits, one class) -> zc = 0: test equality of the logits, not
      sigma == 0 (a rounded mean of 0.7,0.7,.. gives sigma ~ 1e-16 and zc = +-1); a <= 0 -> error
    source: de Brebisson & Vincent 2016 The Z-loss arXiv 1604.08859;
      pascal20100/factored_output_layer example/utilities.py (a=1,b=0, sigma+1e-12)
    note: a, b are tuned hyper-parameters in the paper; the 1/a factor is the paper's. Code's 1e-12
      in sigma ignored except that it makes zc = 0 at sigma = 0
    """
    require(a > 0, "a > 0")
    z = num(logits)
    C = len(z)
    check_label(label, C)
    mu = mp.fsum(z) / C
    sd = mp.sqrt(mp.fsum((v - mu) ** 2 for v in z) / C)
    zc = mp.mpf(0) if sd < mp.mpf(10) ** -300 else (z[label] - mu) / sd
    return softplus(num(a) * (num(b) - zc)) / num(a)


@classification
def log_z_squared_loss(logits: Vector, coefficient: float = 1e-4) -> Scalar:
    """formula: coefficient * (logsumexp z)^2
    range: [0,inf)
    edges: all -inf -> +inf
    source: PaLM auxiliary z-loss, Chowdhery et al. 2022 arXiv 2204.02311 (1e-4 * log^2 Z);
      mesh-tensorflow / t5x z_loss
    note: usually called z-loss; named apart from the Z-loss of 2016
    """
    return num(coefficient) * lse(num(logits)) ** 2


@classification
def ovr_loss(logits: Vector, label: int) -> Scalar:
    """formula: softplus(-z_y) + sum_{j!=y} softplus(z_j)
    range: (0,inf)
    edges: one class -> softplus(-z_0)
    source: Padhy et al. 2020 Revisiting One-vs-All Classifiers arXiv 2007.05134; Zhang 2004; Mao et
      al. use the same sum
    note: sum over classes, not mean (some codes average: divide by C)
    """
    z = num(logits)
    check_label(label, len(z))
    return mp.fsum(softplus(-v if j == label else v) for j, v in enumerate(z))


@classification
def encouraging_loss(logits: Vector, label: int, log_end: float = 0.75) -> Scalar:
    """formula: -log p_y + bonus(p_y); log_end = 1: bonus = log max(1-p, 1e-5); log_end < 1: same
      for p <= log_end, tangent log(1-le) - (p-le)/(1-le) for p > le
    range: R (negative for well-classified examples)
    edges: p_y = 0 -> +inf; one class: p = 1
    source: Zhao et al. 2022 Well-classified Examples are Underestimated arXiv 2110.06537; lancopku
      repo EncouragingLoss.py
    note: EncouragingLoss.py default log_end 0.75; the fairseq criterion defaults to 1 / CLI 0.5
    """
    require(0 < log_end <= 1, "log_end in (0,1]")
    z = num(logits)
    check_label(label, len(z))
    log_p = log_softmax_of(z)[label]
    p = exp(log_p)
    le = num(log_end)
    b = mp.log(max(1 - p, num(1e-5)))
    if log_end != 1 and p > le:
        b = mp.log(1 - le) - (p - le) / (1 - le)
    return -log_p + b


@classification
def label_smoothing_loss(logits: Vector, label: int, alpha: float = 0.1) -> Scalar:
    """formula: CE(z,y) + alpha*(z_y - mean z)   ( = cross-entropy with label_smoothing = alpha)
    range: [0,inf)
    edges: -inf logits -> +inf
    source: Szegedy et al. 2015 arXiv 1512.00567; decomposition in MaxSup arXiv 2502.15798, repo
      Conv/ffcv/losses.py label_smoothing
    """
    z = num(logits)
    check_label(label, len(z))
    return ce(z, label) + num(alpha) * (z[label] - mp.fsum(z) / len(z))


@classification
def max_suppression_loss(logits: Vector, label: int, alpha: float = 0.1) -> Scalar:
    """formula: CE(z,y) + alpha*(max z - mean z)
    range: [0,inf)
    edges: -inf logits -> +inf; one class -> 0
    source: Zhou et al. 2025 MaxSup arXiv 2502.15798;
      ZhouYuxuanYX/Maximum-Suppression-Regularization Conv/ffcv/losses.py MaxSuppression
    note: code raises alpha linearly from 0.1 to 0.2 over epochs; here alpha is given
    """
    z = num(logits)
    check_label(label, len(z))
    return ce(z, label) + num(alpha) * (max(z) - mp.fsum(z) / len(z))


@classification
def ordinal_cross_entropy_loss(
    logits: Vector, label: int, importance: Vector | None = None
) -> Scalar:
    """formula: sum_k w_k * (softplus(-o_k) if label > k else softplus(o_k)), k = 0..K-2; K-1
      ordinal logits
    range: [0,inf)
    edges: label in [0, K-1] where K-1 = number of logits
    source: CORAL, Cao et al. 2020 arXiv 1901.07884; ck37/coral-ordinal coral_ordinal/loss.py
      OrdinalCrossEntropy (ordinal_logits); Kennedy et al. arXiv 2009.10277
    """
    z = num(logits)
    check_label(label, len(z) + 1)
    w = num(importance) if importance is not None else [mp.mpf(1)] * len(z)
    return mp.fsum(w[k] * softplus(-v if label > k else v) for k, v in enumerate(z))


@classification
def oko_loss(set_logits: Matrix, target: Label) -> Scalar:
    """formula: cross_entropy(sum over set members of logits, target); hard target = the pair class
      y', soft target = label frequencies of the set
    range: [0,inf)
    edges: rows must have equal length; singleton set -> CE
    source: Muttenthaler et al. 2023 OKO arXiv 2307.02189; LukasMut/OKO models/oko_head.py (sum of
      logits), training/loss_funs.py
    note: code's soft variant is KL + (sum exp(logp) - sum t) = KL when both normalised; we use
      cross-entropy for both (differs by H(t))
    """
    z = [mp.fsum(c) for c in zip(*[num(r) for r in set_logits])]
    if not isinstance(target, (list, tuple)):
        check_label(target, len(z))
    t = target_of(target, len(z))
    return -mp.fsum(xlogy(a, b) for a, b in zip(t, log_softmax_of(z)))
