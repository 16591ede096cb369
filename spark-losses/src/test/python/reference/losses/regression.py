"""Numbers predicted as classes."""

import math

from mpmath import mp

from .arithmetic import (
    NINF,
    check_label,
    dot,
    exp,
    log_softmax_of,
    num,
    require,
    softmax_of,
    to_power,
    xlogy,
)
from .definition import Scalar, Vector, distillation, regression


@distillation
def distribution_focal_loss(logits: Vector, target: float) -> Scalar:
    """formula: l = floor(y); (l+1-y)*CE(z,l) + (y-l)*CE(z,l+1); bins 0..n
    range: [0,inf)
    edges: y outside [0,n] -> error; y = n exactly -> CE(z,n)
    source: arXiv 2006.04388; gfocal_loss.py distribution_focal_loss
    note: code indexes bin floor(y)+1 and fails at y = n; we take the limit
    """
    z = num(logits)
    n = len(z) - 1
    require(0 <= target <= n, "target out of range")
    y = num(target)
    low = int(math.floor(target))
    L = log_softmax_of(z)
    return -L[low] if low == n else -(low + 1 - y) * L[low] - (y - low) * L[low + 1]


@regression
def hl_gauss_loss(
    logits: Vector, target: float, min_value: float, max_value: float, sigma: float | None = None
) -> Scalar:
    """formula: edges e_0..e_m = linspace(min,max,m+1), m = len(logits); t_i =
      [Phi((e_{i+1}-y)/sigma) - Phi((e_i-y)/sigma)] / [Phi((e_m-y)/sigma) - Phi((e_0-y)/sigma)];
      -sum t_i log softmax(z)_i; sigma default 0.75*(max-min)/m
    range: [0,inf)
    edges: target clamped to [min,max]; min >= max or sigma <= 0 -> error
    source: Imani & White 2018 arXiv 1806.04613; Farebrother et al. 2024 Stop Regressing arXiv
      2403.03950 App. A listing (torch erf form)
    note: the listing does not clamp y (NaN far outside); sigma/binwidth = 0.75 is the paper's
      recommendation. Compute differences of erf with care: they cancel for far bins
    """
    require(min_value < max_value, "min < max")
    z = num(logits)
    m = len(z)
    lo, hi = num(min_value), num(max_value)
    sg = num(sigma) if sigma is not None else mp.mpf(3) / 4 * (hi - lo) / m
    require(sg > 0, "sigma > 0")
    y = min(max(num(target), lo), hi)
    w = (hi - lo) / m
    L = log_softmax_of(z)
    with mp.workdps(60):

        def cut(i):
            return (lo + w * i - y) / (sg * mp.sqrt(2))

        def d(a, b):  # erf(b) - erf(a)
            return (
                mp.erfc(a) - mp.erfc(b)
                if a > 0
                else (mp.erfc(-b) - mp.erfc(-a) if b < 0 else mp.erf(b) - mp.erf(a))
            )

        t = [d(cut(i), cut(i + 1)) for i in range(m)]
        Z = d(cut(0), cut(m))
        return -mp.fsum(xlogy(a / Z, b) for a, b in zip(t, L))


@regression
def two_hot_loss(logits: Vector, target: float, min_value: float, max_value: float) -> Scalar:
    """formula: centers c_i = linspace(min,max,m); y in [c_i,c_{i+1}]: t_i =
      (c_{i+1}-y)/(c_{i+1}-c_i), t_{i+1} = 1-t_i; -sum t log softmax(z)
    range: [0,inf)
    edges: target clamped to [min,max]; m = 1 -> 0
    source: Stop Regressing arXiv 2403.03950 (Two-Hot); MuZero/Dreamer-v3 encoding
    note: paper places bin CENTRES for two-hot on the support points, while HL-Gauss uses bin EDGES
      on linspace(min,max,m+1)
    """
    require(min_value < max_value, "min < max")
    z = num(logits)
    m = len(z)
    L = log_softmax_of(z)
    lo, hi = num(min_value), num(max_value)
    if m == 1:
        return mp.mpf(0)
    x = (min(max(num(target), lo), hi) - lo) / (hi - lo) * (m - 1)
    i = min(int(mp.floor(x)), m - 2)
    f = x - i
    return -(xlogy(1 - f, L[i]) + xlogy(f, L[i + 1]))


def number_tokens(logits, label, values):
    check_label(label, len(logits))
    require(len(values) == len(logits), "values length")
    if values[label] is None:
        return None
    idx = [i for i, v in enumerate(values) if v is not None]
    return (
        softmax_of([num(logits[i]) for i in idx]),
        [num(values[i]) for i in idx],
        num(values[label]),
    )


@regression
def ntl_mse_loss(logits: Vector, label: int, values: Vector) -> Scalar | None:
    """formula: p = softmax over number tokens only; (sum_j p_j v_j - v_y)^2
    range: [0,inf)
    edges: values[k] NULL for non-number tokens; label is not a number token -> NULL
    source: Zausinger et al. 2024 Regress, Don't Guess (Number Token Loss) arXiv 2411.02083;
      tum-ai/number-token-loss src/ntl/loss_functions/number_token_loss.py
    """
    r = number_tokens(logits, label, values)
    return None if r is None else (dot(r[0], r[1]) - r[2]) ** 2


@regression
def ntl_was_loss(logits: Vector, label: int, values: Vector) -> Scalar | None:
    """formula: p = softmax over number tokens only; sum_j p_j |v_j - v_y|
    range: [0,inf)
    edges: as ntl_mse_loss
    source: arXiv 2411.02083; abs_diff_number_token_loss.py / base_number_token_loss.py
    note: wasserstein_distance_number_token_loss.py sums |CDF difference| without the spacing
      factor: equal only for values spaced by 1 (digits)
    """
    r = number_tokens(logits, label, values)
    return None if r is None else mp.fsum(p * abs(v - r[2]) for p, v in zip(r[0], r[1]))


@regression
def r2ccp_loss(
    logits: Vector,
    target: float,
    values: Vector,
    q: float = 0.5,
    entropy_weight: float = 1.0,
    loss_weight: float = 5.0,
) -> Scalar:
    """formula: entropy_weight * sum_k p_k log p_k + loss_weight * sum_k p_k |v_k - y|^q, softmax p,
      v = bin values
    range: [-entropy_weight*log C, inf)
    edges: p_k = 0 -> term 0; q > 0
    source: Guha et al. 2024 Conformal Prediction via Regression-as-Classification arXiv 2404.08168;
      EtashGuha/R2CCP R2CCP/models/model.py, argparser.py
    note: paper: sum |y-v|^q p - tau*H(p), q=0.5, tau=0.2; the code's weights 1 and 5 are the same
      up to a factor 5
    """
    require(q > 0, "q > 0")
    L = log_softmax_of(num(logits))
    require(len(values) == len(L), "values length")
    y = num(target)
    return num(entropy_weight) * mp.fsum(
        mp.mpf(0) if log_p == NINF else mp.exp(log_p) * log_p for log_p in L
    ) + num(loss_weight) * mp.fsum(
        exp(log_p) * to_power(abs(v - y), num(q)) for log_p, v in zip(L, num(values))
    )
