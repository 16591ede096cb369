"""Softmax and what scales or gates it, and their losses."""

import math

from mpmath import mp

from .arithmetic import (
    INF,
    NAN,
    NINF,
    argmax,
    ce,
    check_label,
    isnan,
    log_softmax_of,
    logistic,
    lse,
    num,
    require,
    softmax_of,
    softplus,
    to_power,
    xlogy,
)
from .definition import Scalar, Vector, activation, classification


@activation
def softmax(logits: Vector, temperature: float = 1.0) -> Vector:
    """formula: p_i = exp(z_i/T) / sum_j exp(z_j/T)
    range: [0,1], sums to 1
    edges: -inf entry -> 0; all -inf or any +inf -> NaN vector; one class -> [1]; T<=0 -> error
    source: standard; torch.nn.functional.softmax; temperature: Hinton et al. 2015 arXiv 1503.02531;
      Guo et al. 2017 arXiv 1706.04599
    """
    require(temperature > 0, "temperature must be > 0")
    return softmax_of([v / num(temperature) for v in num(logits)])


@activation
def log_softmax(logits: Vector, temperature: float = 1.0) -> Vector:
    """formula: z_i/T - logsumexp(z/T)
    range: (-inf,0]
    edges: -inf entry -> -inf; all -inf -> NaN vector
    source: torch.nn.functional.log_softmax
    """
    require(temperature > 0, "temperature must be > 0")
    return log_softmax_of([v / num(temperature) for v in num(logits)])


@activation
def logsumexp(logits: Vector) -> Scalar:
    """formula: log sum_j exp(z_j)
    range: [max z, max z + log C]
    edges: all -inf -> -inf; +inf -> +inf (torch) ; empty -> error
    source: torch.logsumexp
    note: +inf logits give +inf here, whereas softmax gives NaN
    """
    z = num(logits)
    return INF if max(z) == INF else lse(z)


@activation
def sigmoid(logits: Vector) -> Vector:
    """formula: 1/(1+exp(-z_i)) element-wise
    range: [0,1]
    edges: -inf -> 0, +inf -> 1
    source: torch.sigmoid
    """
    return [logistic(v) for v in num(logits)]


@activation
def scalable_softmax(logits: Vector, s: float = 0.43, b: float = 0.0) -> Vector:
    """formula: p = softmax((s*log(n) + b) * z), n = number of entries (SSMax: n^(s z_i)/sum_j n^(s
      z_j))
    range: [0,1], sums to 1
    edges: n = 1 -> [1]; -inf -> 0 (also when the factor is 0)
    source: Nakanishi 2025 arXiv 2501.19399 ; unofficial gdevos010/Scalable-Softmax
      src/scalable_softmax.py
    note: s is learnable per head in the paper; 0.43 is the fitted constant of its first experiment
      (default of the unofficial code); n counts -inf entries too
    """
    z = num(logits)
    f = num(s) * mp.log(len(z)) + num(b)
    return softmax_of([NINF if v == NINF else f * v for v in z])


@activation
def softplus_normalize(logits: Vector, scale: float = 1.0) -> Vector:
    """formula: p_i = softplus(scale*z_i)/sum_j softplus(scale*z_j)
    range: [0,1], sums to 1
    edges: -inf -> 0; all -inf -> NaN
    source: Gao & Spratling 2025 Softplus Attention with Re-weighting arXiv 2501.13428 (stage 1:
      softplus + l1 normalisation)
    note: the paper multiplies attention scores by a length-dependent factor; that factor is the
      argument scale here. Stage 2 (re-weighting power) is not included
    """
    s = [softplus(num(scale) * v) if v != NINF else mp.mpf(0) for v in num(logits)]
    t = mp.fsum(s)
    return [v / t if t != 0 else NAN for v in s]


@activation
def gumbel_softmax(
    logits: Vector, noise: Vector, temperature: float = 1.0, hard: bool = False
) -> Vector:
    """formula: softmax((z + g)/T), g = given standard Gumbel noise (-log(-log u)); hard: one-hot of
      the first argmax
    range: [0,1], sums to 1
    edges: T <= 0 or length mismatch -> error; -inf logit -> 0
    source: Jang et al. 2016 arXiv 1611.01144; Maddison et al. 2016 arXiv 1611.00712;
      torch.nn.functional.gumbel_softmax
    note: torch draws the noise itself; with hard=true torch returns hard - soft.detach() + soft,
      whose value is the one-hot up to rounding
    """
    require(temperature > 0, "temperature must be > 0")
    require(len(noise) == len(logits), "noise length")
    z = [a + b for a, b in zip(num(logits), num(noise))]
    if hard:
        i = argmax(z)
        return [mp.mpf(1) if k == i else mp.mpf(0) for k in range(len(z))]
    return softmax_of([v / num(temperature) for v in z])


def with_noise(z, y, norm_product, noise, alpha):
    z = list(z)
    z[y] = z[y] - num(alpha) * (num(norm_product) - z[y]) * abs(num(noise))
    return z


@activation
def noisy_softmax(
    logits: Vector, label: int, norm_product: float, noise: float, alpha: float
) -> Vector:
    """formula: z_y' = z_y - alpha*(||W_y||*||x|| - z_y)*|xi|, other logits unchanged; softmax(z');
      norm_product = ||W_y||*||x|| column, xi = noise column ~ N(0,1)
    range: [0,1], sums to 1
    edges: as softmax
    source: Chen, Deng, Du 2017 Noisy Softmax (CVPR) arXiv 1708.03769: noise
      alpha*||W_y||*||X||*(1-cos theta_y)*|xi|, with z_y = ||W_y|| ||X|| cos theta_y (no bias)
    note: not compared with official code; alpha has no default (the paper compares several alpha^2)
    """
    z = num(logits)
    check_label(label, len(z))
    return softmax_of(with_noise(z, label, norm_product, noise, alpha))


@classification
def noisy_softmax_loss(
    logits: Vector, label: int, norm_product: float, noise: float, alpha: float
) -> Scalar:
    """formula: -log noisy_softmax(...)_y
    range: [0,inf)
    edges: as cross_entropy_loss
    source: arXiv 1708.03769 (see noisy_softmax)
    """
    z = num(logits)
    check_label(label, len(z))
    return ce(with_noise(z, label, norm_product, noise, alpha), label)


@activation
def self_adjust_softmax(logits: Vector, normalized: bool = True) -> Vector:
    """formula: normalized: (z_i - lo)/(hi - lo) * softmax(z)_i, lo = min(min z, 0), hi = max(0, max
      z); else z_i * softmax(z)_i
    range: normalized: [0,1], sum <= 1; raw: (-1/e.., max z]
    edges: all logits 0 (hi = lo) -> zero vector (0/0 in the paper); -inf entries are masked: 0 and
      not in the min
    source: Zheng et al. 2025 Self-Adjust Softmax arXiv 2502.18277 (abstract formula)
    note: not compared with official code; 0/0 and mask rules are ours
    """
    z = num(logits)
    p = softmax_of(z)
    f = [v for v in z if v != NINF]
    if not normalized:
        return [mp.mpf(0) if v == NINF else v * q for v, q in zip(z, p)]
    lo = min(min(f), mp.mpf(0))
    hi = max(max(f), mp.mpf(0))
    return [mp.mpf(0) if v == NINF or hi == lo else (v - lo) / (hi - lo) * q for v, q in zip(z, p)]


@activation
def adaptive_temperature_softmax(logits: Vector) -> Vector:
    """formula: H = -sum p log p (nats), p = softmax(z); beta = max(poly(H), 1) if H > 0.5 else 1;
      poly = -0.037 H^4 + 0.481 H^3 - 2.3 H^2 + 4.917 H - 1.791; softmax(beta*z)
    range: [0,1], sums to 1
    edges: -inf -> 0; one class -> [1]
    source: Velickovic et al. 2024 softmax is not enough arXiv 2410.01104 (JAX listing in the paper)
    note: the paper's listing computes H with log(p + 1e-9); we use 0 log 0 = 0 (difference below
      1e-9*C). poly(0.5) < 1, so there is no jump at H = 0.5
    """
    z = num(logits)
    p = softmax_of(z)
    if any(isnan(v) for v in p):
        return p
    H = -mp.fsum(xlogy(a, b) for a, b in zip(p, log_softmax_of(z)))
    b = mp.mpf(1)
    if H > mp.mpf("0.5"):
        v = mp.mpf(0)
        for c in ("-0.037", "0.481", "-2.3", "4.917", "-1.791"):
            v = v * H + mp.mpf(float(c))
        b = max(v, mp.mpf(1))
    return softmax_of([NINF if v == NINF else b * v for v in z])


def with_distance(z, q, d):
    f = mp.log(2 + num(q)) * num(d)
    return [NINF if v == NINF else f * v for v in z]


@activation
def sdm_activation(logits: Vector, q: float, d: float) -> Vector:
    """formula: (2+q)^(d z_i) / sum_c (2+q)^(d z_c); q = Similarity (count of matches, >= 0), d =
      Distance quantile in [0,1], columns given per example
    range: [0,1], sums to 1
    edges: d = 0 -> uniform over entries with z > -inf; q = e-2, d = 1 -> softmax; q < 0 or d
      outside [0,1] -> error
    source: Schmaltz 2025 Similarity-Distance-Magnitude arXiv 2509.12760 eq. 7 / 2502.20167;
      ReexpressAI/sdm research_code/code/sdm_model.py soft_sdm_max
    """
    require(q >= 0, "q must be >= 0")
    require(0 <= d <= 1, "d must be in [0,1]")
    return softmax_of(with_distance(num(logits), q, d))


@classification
def sdm_loss(logits: Vector, label: int, q: float, d: float) -> Scalar:
    """formula: -log_{2+q} sdm_activation(z,q,d)_y
    range: [0,inf)
    edges: as sdm_activation
    source: arXiv 2502.20167 eq. 8; soft_sdm_max(log=True, change_of_base=True)
    note: code adds a small kEPS inside both logs; we use exact logs
    """
    require(q >= 0, "q must be >= 0")
    require(0 <= d <= 1, "d must be in [0,1]")
    z = num(logits)
    check_label(label, len(z))
    return ce(with_distance(z, q, d), label) / mp.log(2 + num(q))


@activation
def softpick(logits: Vector, eps: float = 1e-8) -> Vector:
    """formula: m = max z; n_i = exp(z_i-m) - exp(-m); p_i = relu(n_i)/(sum_j |n_j| + eps)
    range: [0,1], sum <= 1 (sum is not 1)
    edges: all z <= 0 -> zero vector (also where exp(-m) overflows: test m <= 0 first); -inf entries
      are masked: output 0 and excluded from the sum
    source: Zuhri et al. 2025 Softpick arXiv 2504.20966; zaydzuhri/softpick-attention
      naive_softpick_attn.py softpick
    note: formula without mask would count |exp(-inf)-1| = 1 for -inf; the code masks it, we follow
      the code. eps applies after scaling by exp(-m), so it is not negligible only for m ~ 0
    """
    z = num(logits)
    m = max(z)
    if isnan(m) or m == INF:
        return [NAN] * len(z)
    if m <= 0:
        return [mp.mpf(0)] * len(z)
    n = [mp.exp(v - m) - mp.exp(-m) if v != NINF else None for v in z]
    d = mp.fsum(abs(v) for v in n if v is not None) + num(eps)
    return [mp.mpf(0) if v is None else max(v, mp.mpf(0)) / d for v in n]


@activation
def logit_clip(logits: Vector, tau: float = 1.0, p: float = 2.0) -> Vector:
    """formula: z if ||z||_p <= tau else tau*z/||z||_p
    range: ||.||_p <= tau
    edges: tau <= 0 -> error; p = +inf allowed (max norm)
    source: Wei et al. 2023 LogitClip arXiv 2212.04055; hongxin001/LogitClip algorithms/clip.py
    note: code thresholds at temp but rescales to norm 1/temp (adds 1e-7 to the norm): paper and
      code agree only at temp = 1. We follow the paper
    """
    require(tau > 0, "tau must be > 0")
    z = num(logits)
    n = (
        max(abs(v) for v in z)
        if p == math.inf
        else to_power(mp.fsum(to_power(abs(v), num(p)) for v in z), 1 / num(p))
    )
    return z if n <= num(tau) else [num(tau) * v / n for v in z]
