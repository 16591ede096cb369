"""Forecasts of a number."""

import math

import numpy as np
from scipy import stats

from .arrays import floats, weights
from .bins import bin_mass, bin_width
from .registry import registered


@registered
def gaussian_nll(mu, sigma, y, w=None):
    mu, s, y = map(floats, (mu, sigma, y))
    w = weights(w, len(y))
    return float(
        (w * (0.5 * math.log(2 * math.pi) + np.log(s) + 0.5 * ((y - mu) / s) ** 2)).sum() / w.sum()
    )


@registered
def crps_gaussian(mu, sigma, y, w=None):
    mu, s, y = map(floats, (mu, sigma, y))
    w = weights(w, len(y))
    z = (y - mu) / s
    c = s * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - 1 / math.sqrt(math.pi))
    return float((w * c).sum() / w.sum())


@registered
def crps_ensemble(X, y, fair=False, w=None):
    """mean |x_m - y| - (1/(2 M^2)) sum|x_i-x_j|; fair: M(M-1)."""
    X, y = floats(X), floats(y)
    M = X.shape[1]
    w = weights(w, len(y))
    xs = np.sort(X, 1)
    spread = 2 * (xs * (2 * np.arange(1, M + 1) - M - 1)).sum(1)
    den = M * (M - 1) if fair else M * M
    c = np.abs(X - y[:, None]).mean(1) - spread / (2 * den)
    return float((w * c).sum() / w.sum())


@registered
def interval_score(lo, hi, y, alpha=0.1, w=None):
    lo, hi, y = map(floats, (lo, hi, y))
    w = weights(w, len(y))
    s = (hi - lo) + 2 / alpha * np.maximum(lo - y, 0) + 2 / alpha * np.maximum(y - hi, 0)
    return float((w * s).sum() / w.sum())


@registered
def pinball_loss(q, y, tau=0.5, w=None):
    q, y = floats(q), floats(y)
    w = weights(w, len(y))
    d = y - q
    return float((w * np.maximum(tau * d, (tau - 1) * d)).sum() / w.sum())


@registered
def interval_coverage(lo, hi, y, w=None):
    lo, hi, y = map(floats, (lo, hi, y))
    w = weights(w, len(y))

    def m(v):
        return float((w * v).sum() / w.sum())

    return dict(picp=m((lo <= y) & (y <= hi)), mpiw=m(hi - lo))


@registered
def pit_histogram(pit, n_bins=10, w=None):
    pit = floats(pit)
    return np.bincount(
        bin_width(pit, n_bins, "left"), weights=weights(w, len(pit)), minlength=n_bins
    )


@registered
def quantile_calibration_error(pit, levels=None, w=None):
    """Kuleshov 2018: levels p_j (default 0.01..0.99 step .01 plus 0 and 1 -> linspace(0,1,101));
    phat_j = share with PIT <= p_j; sq = sum (p_j - phat_j)^2, mean_abs = mean |p_j - phat_j|.
    """
    pit = floats(pit)
    w = weights(w, len(pit))
    lv = np.linspace(0, 1, 101) if levels is None else floats(levels)
    h = np.array([(w * (pit <= level)).sum() for level in lv]) / w.sum()
    return dict(
        sum_sq=float(((lv - h) ** 2).sum()),
        mean_abs=float(np.abs(lv - h).mean()),
        rms=float(math.sqrt(((lv - h) ** 2).mean())),
        max_abs=float(np.abs(lv - h).max()),
    )


@registered
def interval_calibration_error(pit, levels=None, w=None):
    """Central intervals of mass p_j: phat_j = share with |2 PIT - 1| <= p_j (uncertainty_toolbox
    prop_type='interval').
    """
    return quantile_calibration_error(np.abs(2 * floats(pit) - 1), levels, w)


@registered
def regression_sharpness(sigma, w=None):
    s = floats(sigma)
    w = weights(w, len(s))
    return float(math.sqrt((w * s * s).sum() / w.sum()))


@registered
def ence(mu, sigma, y, n_bins=10, w=None):
    """Equal-mass bins of sigma: mean over nonempty bins |RMV - RMSE| / RMV (Levi et al. 2022). uce:
    mass-weighted |MSE - MV|.
    """
    mu, s, y = map(floats, (mu, sigma, y))
    w = weights(w, len(s))
    i = bin_mass(s, n_bins, w)

    def f(v):
        return np.bincount(i, weights=w * v, minlength=n_bins)

    n, v, e = f(np.ones(len(s))), f(s * s), f((y - mu) ** 2)
    k = n > 0
    rmv, rmse = np.sqrt(v[k] / n[k]), np.sqrt(e[k] / n[k])
    return dict(
        ence=float((np.abs(rmv - rmse) / rmv).mean()),
        uce=float((n[k] / n.sum() * np.abs(rmv**2 - rmse**2)).sum()),
    )
