"""Losses that weigh by how hard a row is."""

from mpmath import mp

from .arithmetic import check_label, exp, log_softmax_of, logistic, num, require, to_power, xlogy
from .definition import Scalar, Vector, classification
from .likelihood import binary_cross_entropy_with_logits_loss


def focal(log_p, gamma):
    return to_power(1 - exp(log_p), num(gamma)) * -log_p if log_p != 0 else mp.mpf(0)


@classification
def focal_loss(
    logits: Vector, label: int, gamma: float = 2.0, weight: Vector | None = None
) -> Scalar:
    """formula: w_y * (1-p_y)^gamma * (-log p_y), softmax p
    range: [0,inf)
    edges: p_y = 0 -> +inf; one class -> 0; gamma < 0 -> error
    source: arXiv 1708.02002 (multi-class form of torrvision/focal_calibration Losses/focal_loss.py)
    note: the original is per-class sigmoid; see sigmoid_focal_loss
    """
    require(gamma >= 0, "gamma >= 0")
    z = num(logits)
    check_label(label, len(z))
    w = num(weight[label]) if weight is not None else 1
    return w * focal(log_softmax_of(z)[label], gamma)


@classification
def dual_focal_loss(logits: Vector, label: int, gamma: float) -> Scalar:
    """formula: (1 - p_y + p_j)^gamma * (-log p_y); p_j = max{p_k : z_k < z_y} (0 if none)
    range: [0,inf)
    edges: ties with the label logit are excluded (strict <); p_y = 0 -> +inf; one class -> 0
    source: Tao, Dong, Xu 2023 Dual Focal Loss arXiv 2305.13665; Linwei94/DualFocalLoss
      dual_focal_loss.py
    note: code compares probabilities, we compare logits (same except where softmax rounds two
      logits to one probability). Code default gamma=0 (= CE); paper tunes gamma, so no default
    """
    z = num(logits)
    check_label(label, len(z))
    L = log_softmax_of(z)
    log_p = L[label]
    pj = max([exp(L[k]) for k in range(len(z)) if z[k] < z[label]], default=mp.mpf(0))
    return to_power(1 - exp(log_p) + pj, num(gamma)) * -log_p if log_p != 0 else mp.mpf(0)


@classification
def flsd53_loss(logits: Vector, label: int, gamma: float = 3.0) -> Scalar:
    """formula: focal loss with gamma(p_y): 5 if p_y < 0.2, 3 if 0.2 <= p_y < 0.5, gamma argument if
      p_y >= 0.5
    range: [0,inf)
    edges: as focal_loss
    source: Mukhoti et al. 2020 Calibrating DNNs using Focal Loss arXiv 2002.09437 (FLSD-53);
      torrvision/focal_calibration Losses/focal_loss_adaptive_gamma.py
    note: paper: 5 for p<0.2 and 3 for p>=0.2; code takes its constructor gamma for p>=0.5 (default
      0!, run with 3). Default 3 = paper
    """
    z = num(logits)
    check_label(label, len(z))
    log_p = log_softmax_of(z)[label]
    p = exp(log_p)
    return focal(log_p, 5 if p < num(0.2) else 3 if p < num(0.5) else gamma)


@classification
def poly1_focal_loss(
    logits: Vector, label: int, epsilon: float = 1.0, gamma: float = 2.0
) -> Scalar:
    """formula: (1-p_y)^g * (-log p_y) + eps*(1-p_y)^(g+1), softmax p
    range: [0,inf)
    edges: as focal_loss
    source: arXiv 2204.12511
    """
    return poly_focal_loss(logits, label, [epsilon], gamma)


@classification
def poly_focal_loss(logits: Vector, label: int, epsilons: Vector, gamma: float = 2.0) -> Scalar:
    """formula: (1-p_y)^g * (-log p_y) + sum_j eps_j (1-p_y)^(g+j), softmax p
    range: depends on eps
    edges: as focal_loss
    source: arXiv 2204.12511 (Poly-N on focal)
    """
    z = num(logits)
    check_label(label, len(z))
    log_p = log_softmax_of(z)[label]
    o = 1 - exp(log_p)
    return focal(log_p, gamma) + mp.fsum(
        num(e) * to_power(o, num(gamma) + j + 1) for j, e in enumerate(epsilons)
    )


@classification
def sigmoid_focal_loss(
    logit: float, target: float, alpha: float = 0.25, gamma: float = 2.0
) -> Scalar:
    """formula: at * (1-pt)^g * BCE(z,t); pt = t*s+(1-t)(1-s); at = alpha*t+(1-alpha)(1-t) (1 when
      alpha < 0)
    range: [0,inf)
    edges: infinite logits: exact limits
    source: Lin et al. 2017 arXiv 1708.02002; torchvision.ops.sigmoid_focal_loss / fvcore
    """
    s = logistic(num(logit))
    t = num(target)
    pt = t * s + (1 - t) * (1 - s)
    at = num(alpha) * t + (1 - num(alpha)) * (1 - t) if alpha >= 0 else mp.mpf(1)
    return at * to_power(1 - pt, num(gamma)) * binary_cross_entropy_with_logits_loss(logit, target)


@classification
def poly1_sigmoid_focal_loss(
    logit: float, target: float, epsilon: float = 1.0, alpha: float = 0.25, gamma: float = 2.0
) -> Scalar:
    """formula: sigmoid_focal_loss(z,t,alpha,g) + eps*(1-pt)^(g+1), pt = t*s + (1-t)*(1-s), s =
      sigmoid(z)
    range: [0,inf)
    edges: alpha < 0 -> no alpha factor
    source: arXiv 2204.12511 (pseudo-code); abhuse/polyloss-pytorch Poly1FocalLoss
    note: the eps term carries no alpha factor, in paper pseudo-code and code alike
    """
    s = logistic(num(logit))
    t = num(target)
    pt = t * s + (1 - t) * (1 - s)
    return sigmoid_focal_loss(logit, target, alpha, gamma) + num(epsilon) * to_power(
        1 - pt, num(gamma) + 1
    )


@classification
def asymmetric_loss(
    logits: Vector,
    targets: Vector,
    gamma_neg: float = 4.0,
    gamma_pos: float = 1.0,
    clip: float = 0.05,
    eps: float = 1e-8,
) -> Scalar:
    """formula: s = sigmoid(z); xn = min(1-s+clip, 1) ; sum_c -[t log max(s,eps) + (1-t) log
      max(xn,eps)] * (1-pt)^(gp*t + gn*(1-t)), pt = s*t + xn*(1-t)
    range: [0,inf)
    edges: multi-label 0/1 targets; sum over classes
    source: Ridnik et al. 2020 ASL arXiv 2009.14119; Alibaba-MIIL/ASL src/loss_functions/losses.py
      AsymmetricLoss
    note: defaults are the code's (paper: g+=0, g-=4, m=0.05). Paper's shifted p_m = max(p-m,0)
      equals 1 - xn
    """
    r = mp.mpf(0)
    e = num(eps)
    for z, t in zip(num(logits), num(targets)):
        s = logistic(z)
        xn = min(1 - s + num(clip), mp.mpf(1)) if clip > 0 else 1 - s
        term = t * mp.log(max(s, e)) + (1 - t) * mp.log(max(xn, e))
        pt = s * t + xn * (1 - t)
        r -= term * to_power(1 - pt, num(gamma_pos) * t + num(gamma_neg) * (1 - t))
    return r


@classification
def asymmetric_single_label_loss(
    logits: Vector,
    label: int,
    gamma_pos: float = 0.0,
    gamma_neg: float = 4.0,
    label_smoothing: float = 0.1,
) -> Scalar:
    """formula: t' = (1-e) onehot + e/C; -sum_c t'_c * w_c * log p_c; w_y = (1-p_y)^gp, w_j = p_j^gn
      (softmax p)
    range: [0,inf)
    edges: p_c = 0 with gn > 0 -> 0 (limit); one class with gp=0 -> 0
    source: Alibaba-MIIL/ASL losses.py ASLSingleLabel
    note: code gives NaN for p_c = 0 exactly (0*inf); we take the limit 0
    """
    z = num(logits)
    C = len(z)
    check_label(label, C)
    L = log_softmax_of(z)
    e = num(label_smoothing)
    r = mp.mpf(0)
    for c in range(C):
        p = exp(L[c])
        t = (1 - e if c == label else 0) + e / C
        w = to_power(1 - p, num(gamma_pos)) if c == label else to_power(p, num(gamma_neg))
        r -= xlogy(t * w, L[c])
    return r
