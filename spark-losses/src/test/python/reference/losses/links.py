"""Other maps from scores to probabilities, and their losses."""

from mpmath import mp

from .arithmetic import (
    INF,
    NAN,
    NINF,
    ce,
    check_label,
    isnan,
    log,
    logistic,
    num,
    require,
    softmax_of,
)
from .definition import Scalar, Vector, activation, classification


def stable(x):
    return mp.mpf(0) if x == NINF else (x + 1 if x >= 0 else 1 / (1 - x))


@activation
def stablemax(logits: Vector) -> Vector:
    """formula: p_i = s(z_i)/sum_j s(z_j); s(x) = x+1 if x >= 0 else 1/(1-x)
    range: (0,1], sums to 1
    edges: -inf -> 0; all -inf -> NaN
    source: Prieto et al. 2025 Grokking at the edge of numerical stability arXiv 2501.04697; repo
      utils.py s(), log_stablemax
    note: code adds 1e-30 inside 1/(1-x+eps), no effect in float64; not shift invariant
    """
    s = [stable(v) for v in num(logits)]
    t = mp.fsum(s)
    return [v / t if t != 0 else NAN for v in s]


@classification
def stablemax_loss(logits: Vector, label: int) -> Scalar:
    """formula: -log stablemax(z)_y  (StableMax cross-entropy, StCE)
    range: [0,inf)
    edges: label logit -inf -> +inf; one class -> 0
    source: arXiv 2501.04697; utils.py stablemax_cross_entropy
    """
    z = num(logits)
    check_label(label, len(z))
    p = stablemax(logits)[label]
    return p if isnan(p) else -log(p)


@activation
def ordinal_softmax(logits: Vector) -> Vector:
    """formula: c_k = sigmoid(o_k), k=0..K-2 (P(y > k)); p_0 = 1 - c_0, p_k = c_{k-1} - c_k, p_{K-1}
      = c_{K-2}; K-1 logits in, K probabilities out
    range: sums to 1; entries may be negative when the logits are not non-increasing (no clipping)
    edges: empty -> error
    source: Kennedy et al. 2020 arXiv 2009.10277 (faceted Rasch, ordinal softmax);
      ck37/coral-ordinal coral_ordinal/activations.py ordinal_softmax
    """
    c = [logistic(v) for v in num(logits)]
    return [1 - c[0]] + [c[k - 1] - c[k] for k in range(1, len(c))] + [c[-1]]


@activation
def harmonic_max(distances: Vector, n: float = 1.0) -> Vector:
    """formula: p_i = d_i^(-n) / sum_j d_j^(-n); d_i = L2 distances (>= 0)
    range: [0,1], sums to 1
    edges: zero distances share all mass equally; d = +inf -> 0; negative -> error; scale invariant
    source: Baek et al. 2025 Harmonic Loss arXiv 2502.01628; KindXiaoming/grow-crystals
      src/utils/model.py DistLayer
    note: code applies its n to SQUARED distances (+eps 1e-4): code n equals paper 2n. We follow the
      paper. GPT2 code also divides by n_embd (no effect) and mixes 0.01/50304
    """
    d = num(distances)
    require(all(isnan(v) or v >= 0 for v in d), "negative distance")
    if any(v == 0 for v in d):
        k = sum(1 for v in d if v == 0)
        return [mp.mpf(1) / k if v == 0 else mp.mpf(0) for v in d]
    return softmax_of([NINF if v == INF else -num(n) * mp.log(v) for v in d])


@classification
def harmonic_loss(distances: Vector, label: int, n: float = 1.0) -> Scalar:
    """formula: -log harmonic_max(d, n)_y
    range: [0,inf)
    edges: d_y = 0 alone -> 0; another class at 0 -> +inf
    source: arXiv 2502.01628
    """
    check_label(label, len(distances))
    return -log(harmonic_max(distances, n)[label])


def taylor(z, order):
    return [mp.fsum(v**k / mp.factorial(k) for k in range(order + 1)) for v in z]


@activation
def taylor_softmax(logits: Vector, order: int = 2) -> Vector:
    """formula: t(z) = sum_{k=0..order} z^k/k!; p_i = t(z_i)/sum_j t(z_j); order even
    range: (0,1), sums to 1
    edges: odd or < 2 order -> error; infinite logits -> NaN
    source: de Brebisson & Vincent 2015 An Exploration of Softmax Alternatives (spherical family)
      arXiv 1511.05042 (order 2: 1+z+z^2/2); higher orders arXiv 2011.11538
    """
    require(order >= 2 and order % 2 == 0, "order must be even and >= 2")
    t = taylor(num(logits), order)
    s = mp.fsum(t)
    return [v / s for v in t]


@classification
def taylor_softmax_loss(logits: Vector, label: int, order: int = 2) -> Scalar:
    """formula: -log taylor_softmax(z)_y
    range: (0,inf)
    edges: as taylor_softmax
    source: arXiv 1511.05042 (log-Taylor softmax loss)
    """
    check_label(label, len(logits))
    return -log(taylor_softmax(logits, order)[label])


@activation
def spherical_softmax(logits: Vector, eps: float = 0.0) -> Vector:
    """formula: p_i = (z_i^2 + eps)/sum_j (z_j^2 + eps)
    range: [0,1], sums to 1
    edges: all logits 0 and eps = 0 -> NaN
    source: arXiv 1511.05042 (log-spherical softmax)
    note: even in z: the sign of a logit is ignored; eps is the paper's small constant, 0 here by
      default
    """
    t = [v * v + num(eps) for v in num(logits)]
    s = mp.fsum(t)
    return [v / s if s != 0 else NAN for v in t]


@classification
def spherical_softmax_loss(logits: Vector, label: int, eps: float = 0.0) -> Scalar:
    """formula: -log spherical_softmax(z, eps)_y
    range: [0,inf]
    edges: z_y = 0 with eps = 0 -> +inf
    source: arXiv 1511.05042
    """
    check_label(label, len(logits))
    p = spherical_softmax(logits, eps)[label]
    return p if isnan(p) else -log(p)


@activation
def softmax_plus(logits: Vector) -> Vector:
    """formula: softmax of (z_1..z_{K-1}, 0): K-1 logits in, K probabilities out (last class is the
      reference)
    range: [0,1], sums to 1
    edges: -inf -> 0
    source: LegendreTron, Lam et al. 2023 arXiv 2301.11695; khflam/legendretron lib/functional.py
      log_softmax_plus
    note: LegendreTron composes this with a LEARNED monotone map (gradient of an ICNN); only this
      fixed link has a value on columns. Code subtracts max(z) without the 0 and overflows for very
      negative z
    """
    return softmax_of(num(logits) + [mp.mpf(0)])


@classification
def softmax_plus_nll_loss(logits: Vector, label: int) -> Scalar:
    """formula: -log softmax_plus(z)_y; K-1 logits, label in [0,K-1], class K-1 is the reference
      with logit 0
    range: [0,inf)
    edges: as cross_entropy_loss
    source: LegendreTron arXiv 2301.11695 with identity inner map (multinomial logistic, proper,
      canonical link); lib/functional.py
    """
    z = num(logits) + [mp.mpf(0)]
    check_label(label, len(z))
    return ce(z, label)
