"""Losses for classes of unequal size."""

from mpmath import mp

from .arithmetic import NINF, ce, check_label, log, num, require, to_power, xlogy
from .definition import Scalar, Vector, classification


@classification
def ldam_loss(
    logits: Vector,
    label: int,
    class_counts: Vector,
    max_margin: float = 0.5,
    s: float = 30.0,
    weight: Vector | None = None,
) -> Scalar:
    """formula: m_c = n_c^(-1/4) * max_margin / max_k n_k^(-1/4); w_y * CE(s*(z - m_y e_y), y)
    range: [0,inf)
    edges: counts must be > 0; one class -> 0
    source: Cao et al. 2019 LDAM arXiv 1906.07413; kaidic/LDAM-DRW losses.py
    note: code's F.cross_entropy(weight=..) mean divides by the sum of weights (caller's business)
    """
    z = num(logits)
    C = len(z)
    check_label(label, C)
    require(len(class_counts) == C and min(class_counts) > 0, "class_counts")
    m = [to_power(num(n), mp.mpf(-1) / 4) for n in class_counts]
    mm = max(m)
    o = [num(s) * (v - (m[j] * num(max_margin) / mm if j == label else 0)) for j, v in enumerate(z)]
    return (num(weight[label]) if weight is not None else 1) * ce(o, label)


@classification
def logit_adjusted_loss(logits: Vector, label: int, prior: Vector, tau: float = 1.0) -> Scalar:
    """formula: CE(z + tau*log(prior), y)
    range: [0,inf)
    edges: prior 0 on a non-label class -> class removed; prior_y = 0 -> +inf; prior need not be
      normalised
    source: Menon et al. 2020 Long-tail learning via logit adjustment arXiv 2007.07314 (eq. 10)
    """
    z = num(logits)
    C = len(z)
    check_label(label, C)
    require(len(prior) == C and min(prior) >= 0, "prior")
    return ce([v + (num(tau) * log(num(n)) if n > 0 else NINF) for v, n in zip(z, prior)], label)


@classification
def balanced_softmax_loss(logits: Vector, label: int, class_counts: Vector) -> Scalar:
    """formula: CE(z + log n, y)
    range: [0,inf)
    edges: as logit_adjusted_loss (equal to it with tau = 1)
    source: Ren et al. 2020 Balanced Meta-Softmax arXiv 2007.10740; jiawei-ren repo
      loss/BalancedSoftmaxLoss.py
    """
    return logit_adjusted_loss(logits, label, class_counts, 1.0)


@classification
def gumbel_optimized_loss(
    logits: Vector,
    targets: Vector,
    clamp_min: float = -4.0,
    clamp_max: float = 10.0,
    loss_max: float = 20.0,
) -> Scalar:
    """formula: x = clamp(z, clamp_min, clamp_max); eta = exp(-exp(-x)); sum_c min(-[t log eta +
      (1-t) log(1-eta)], loss_max)
    range: [0, C*loss_max]
    edges: targets 0/1 multi-hot (one-hot for a label); pass infinities to switch the clamps off
    source: Alexandridis et al. 2022 GOL arXiv 2207.10936; kostas1515/GOL README
      gumbel_cross_entropy
    note: the paper has no clamps; README and mmdet/models/losses/gumbel_ce.py clamp the logit to
      [-4,10] and the loss to [0,20] AFTER the reduction; we clamp element-wise, then sum (same with
      reduction none). torch also clamps logs at -100 (inactive here)
    """
    r = []
    for z, t in zip(num(logits), num(targets)):
        x = min(max(z, num(clamp_min)), num(clamp_max))
        u = mp.exp(-x)
        term = t * u + xlogy(1 - t, -log(-mp.expm1(-u)))
        r.append(min(term, num(loss_max)))
    return mp.fsum(r)
