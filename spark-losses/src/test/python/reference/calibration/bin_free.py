"""Calibration errors and tests without bins."""

import math

import numpy as np
from scipy import special, stats

from .arrays import floats, onehot, tie_groups, top1, weights
from .bins import bin_mass, bin_stats
from .logistic import irls
from .registry import registered


@registered
def ks_calibration_error(p, y, w=None):
    """max over distinct scores t of |sum_{p_i<=t} w_i (p_i - y_i)| / W  (Gupta et al. 2021;
    ECCE-MAD of Tygert).
    """
    return ecce(p, y, w)["mad"]


@registered
def ecce(p, y, w=None):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    u, g = tie_groups(p, w * (y - p))
    W = w.sum()
    c = np.concatenate([[0.0], np.cumsum(g)]) / W
    sig = math.sqrt((w * w * p * (1 - p)).sum()) / W
    return dict(
        mad=float(np.abs(c).max()),
        kuiper=float(c.max() - c.min()),
        sigma=sig,
        mad_over_sigma=float(np.abs(c).max() / sig) if sig > 0 else float("nan"),
        kuiper_over_sigma=float((c.max() - c.min()) / sig) if sig > 0 else float("nan"),
    )


def smoothed(f, r, W, sigma, G=4001):
    """Trapezoid integral over G points of |sum_i r_i K_sigma(t, f_i)| / W, K the Gaussian reflected
    at 0 and 1.
    """
    t = np.linspace(0, 1, G)
    M = max(1, int(math.ceil(5 * sigma / 2)) + 1)
    tot = np.zeros(G)
    for a in range(0, len(f), 256):
        fa, ra = f[a : a + 256], r[a : a + 256]
        K = np.zeros((G, len(fa)))
        for m in range(-M, M + 1):
            K += np.exp(-0.5 * ((t[:, None] - fa + 2 * m) / sigma) ** 2)
            K += np.exp(-0.5 * ((t[:, None] + fa + 2 * m) / sigma) ** 2)
        tot += K @ ra
    tot /= sigma * math.sqrt(2 * math.pi) * W
    v = np.abs(tot)
    return float(((v[1:] + v[:-1]) / 2).sum() / (G - 1))


@registered
def smooth_ece(p, y, w=None, tol=1e-7, grid=1001):
    """Fixed point sigma* = smECE_sigma* (Blasiok & Nakkiran 2023), bisection in
    [1e-3, 1].
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    u, r = tie_groups(p, w * (p - y))
    W = w.sum()
    lo, hi = 1e-3, 1.0
    if smoothed(u, r, W, lo, max(grid, 8001)) <= lo:
        return dict(value=smoothed(u, r, W, lo, max(grid, 8001)), sigma=lo)
    while hi - lo > tol:
        mid = 0.5 * (lo + hi)
        g = max(grid, int(20 / mid) + 1)
        if smoothed(u, r, W, mid, g) <= mid:
            hi = mid
        else:
            lo = mid
    return dict(value=smoothed(u, r, W, hi, max(grid, int(20 / hi) + 1)), sigma=hi)


@registered
def smooth_ece_binned(p, y, sigma, w=None, M=1024):
    """smECE_sigma from the mergeable state: residual mass linearly split onto M+1
    equispaced nodes.
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    x = p * M
    i = np.minimum(np.floor(x).astype(int), M - 1)
    fr = x - i
    r = w * (p - y)
    h = np.bincount(i, weights=(1 - fr) * r, minlength=M + 1) + np.bincount(
        i + 1, weights=fr * r, minlength=M + 1
    )
    return smoothed(np.arange(M + 1) / M, h, w.sum(), sigma)


@registered
def smooth_ece_sigma(p, y, sigma, w=None):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    return smoothed(p, w * (p - y), w.sum(), sigma)


@registered
def mmce(p, y, w=None, width=0.4):
    """sqrt( sum_ij w_i w_j (y_i-p_i)(y_j-p_j) exp(-|p_i-p_j|/width) ) / W."""
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    r = w * (y - p)
    K = np.exp(-np.abs(p[:, None] - p[None]) / width)
    return math.sqrt(max(r @ K @ r, 0.0)) / w.sum()


@registered
def skce(P, y, scale=1.0):
    """Squared kernel calibration error, kernel exp(-||p-q||_2 / scale) * I_K: biased (V), unbiased
    (U), linear (block of 2).
    """
    P = floats(P)
    n, K = P.shape
    E = onehot(y, K) - P
    D = np.sqrt(np.maximum(((P[:, None] - P[None]) ** 2).sum(-1), 0))
    H = np.exp(-D / scale) * (E @ E.T)
    out = dict(biased=float(H.mean()))
    out["unbiased"] = float((H.sum() - np.trace(H)) / (n * (n - 1))) if n > 1 else float("nan")
    m = n // 2
    out["linear"] = float(np.mean([H[2 * i, 2 * i + 1] for i in range(m)])) if m else float("nan")
    return out


@registered
def kde_ece(p, y, bandwidth=0.1, order=1):
    """Beta-kernel, leave-one-out ECE^KDE for binary / top-label (Popordanoska et al. 2022), without
    the factor 2.
    """
    p, y = floats(p), floats(y)
    a, b = p / bandwidth + 1, (1 - p) / bandwidth + 1
    lk = (
        (a - 1)[None] * np.log(p)[:, None]
        + (b - 1)[None] * np.log1p(-p)[:, None]
        - special.betaln(a, b)[None]
    )
    np.fill_diagonal(lk, -np.inf)
    k = np.exp(lk - lk.max(axis=1, keepdims=True))
    return float(np.mean(np.abs(k @ y / k.sum(axis=1) - p) ** order))


@registered
def kde_ece_canonical(P, y, bandwidth=0.1, order=1):
    P = floats(P)
    A = P / bandwidth + 1
    lk = np.log(P) @ (A - 1).T + (special.gammaln(A.sum(1)) - special.gammaln(A).sum(1))[None]
    np.fill_diagonal(lk, -np.inf)
    k = np.exp(lk - lk.max(axis=1, keepdims=True))
    r = k @ onehot(y, P.shape[1]) / k.sum(1, keepdims=True)
    return float(np.mean((np.abs(r - P) ** order).sum(1)))


@registered
def calibration_in_the_large(p, y, w=None):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    mp, my = (w * p).sum() / w.sum(), (w * y).sum() / w.sum()
    return dict(mean_p=mp, mean_y=my, bias=mp - my, oe_ratio=my / mp if mp > 0 else float("nan"))


@registered
def cox_calibration(logit, y, w=None):
    """Logistic recalibration: slope/intercept of y ~ a + b*logit, and intercept a0 with b fixed at
    1. NaN when separable.
    """
    x, y = floats(logit), floats(y)
    w = weights(w, len(x))
    b, H = irls(np.stack([np.ones_like(x), x], 1), y, w)
    a0, _ = irls(np.ones((len(x), 1)), y, w, offset=x)
    if not np.all(np.isfinite(b)) or np.abs(b).max() > 1e3:
        return dict(slope=float("nan"), intercept=float("nan"), intercept_slope1=float(a0[0]))
    se = np.sqrt(np.diag(np.linalg.inv(H)))
    return dict(
        slope=float(b[1]),
        intercept=float(b[0]),
        intercept_slope1=float(a0[0]),
        se_slope=float(se[1]),
        se_intercept=float(se[0]),
    )


@registered
def hosmer_lemeshow(p, y, w=None, g=10, df_minus=2):
    """Equal-mass groups (ties together); C = sum_g (O-E)^2 / (n pbar (1-pbar)); df = nonempty
    groups - df_minus (0 for external data).
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    s = bin_stats(p, y, w, bin_mass(p, g, w), g)
    k = s["w"] > 0
    n, e, o = s["w"][k], s["wp"][k], s["wy"][k]
    den = e * (1 - e / n)
    if np.any(den <= 0):
        return dict(statistic=float("nan"), df=int(k.sum()) - df_minus, p_value=float("nan"))
    c = float((((o - e) ** 2) / den).sum())
    df = int(k.sum()) - df_minus
    return dict(statistic=c, df=df, p_value=float(stats.chi2.sf(c, df)) if df > 0 else float("nan"))


@registered
def spiegelhalter_z(p, y, w=None):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    num = (w * (y - p) * (1 - 2 * p)).sum()
    v = (w * w * (1 - 2 * p) ** 2 * p * (1 - p)).sum()
    z = num / math.sqrt(v) if v > 0 else float("nan")
    return dict(z=float(z), p_value=float(2 * stats.norm.sf(abs(z))))


@registered
def sharpness(P, w=None):
    P = floats(P)
    w = weights(w, len(P))
    c, _ = top1(P)
    H = -(special.xlogy(P, P)).sum(1)

    def m(v):
        return float((w * v).sum() / w.sum())

    mc = m(c)
    return dict(
        mean_confidence=mc,
        var_confidence=m((c - mc) ** 2),
        mean_entropy=m(H),
        mean_sq_norm=m((P**2).sum(1)),
    )
