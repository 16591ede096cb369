"""Calibrators without a formula: isotonic regression, histograms, splines."""

import math

import numpy as np
from scipy import special
from scipy.interpolate import CubicSpline

from .arrays import floats, sigmoid, top1, weights
from .bins import bin_stats, edges_mass, edges_width
from .isotonic import isotonic_fit
from .registry import registered
from .scaling import platt_scaling


@registered
def isotonic_calibration(p, y, w=None, query=None):
    """PAV on tie-pooled scores; query: linear interpolation between knots, clipped (sklearn); step
    version: left-continuous.
    """
    u, g = isotonic_fit(p, y, w)
    out = dict(x=u, y=g)
    if query is not None:
        out["predict"] = np.interp(floats(query), u, g)
    return out


@registered
def isotonic_ovr(P, y, query, w=None):
    """One isotonic per class, then rows renormalised; a zero row becomes uniform (sklearn
    CalibratedClassifierCV).
    """
    P, Q = floats(P), floats(query)
    R = np.stack(
        [
            isotonic_calibration(P[:, k], (np.asarray(y) == k) * 1.0, w, Q[:, k])["predict"]
            for k in range(P.shape[1])
        ],
        1,
    )
    s = R.sum(1, keepdims=True)
    return np.where(s > 0, R / np.where(s > 0, s, 1), 1 / P.shape[1])


@registered
def histogram_binning(p, y, w=None, n_bins=10, strategy="uniform", side="right", query=None):
    """Bin value = weighted positive rate; empty bin = its midpoint (uniform) ; query through the
    same edges.
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    e = edges_width(n_bins)[1:-1] if strategy == "uniform" else edges_mass(p, n_bins, w)
    full = np.concatenate([[0.0], e, [1.0]])

    def f(q):
        return np.searchsorted(
            e, floats(q), side="left" if side == "right" or strategy != "uniform" else "right"
        )

    s = bin_stats(p, y, w, f(p), n_bins)
    v = np.where(s["w"] > 0, s["wy"] / np.where(s["w"] > 0, s["w"], 1), (full[1:] + full[:-1]) / 2)
    out = dict(edges=full, values=v)
    if query is not None:
        out["predict"] = v[f(query)]
    return out


@registered
def top_label_histogram_binning(P, y, query, w=None, n_bins=5):
    """Equal-mass histogram binning of (confidence, correct) separately for each predicted class
    (Gupta & Ramdas 2022).
    """
    c, k = top1(P)
    r = (k == np.asarray(y)) * 1.0
    w = weights(w, len(c))
    cq, kq = top1(query)
    out = cq.copy()
    for j in np.unique(kq):
        m = k == j
        if m.any():
            out[kq == j] = histogram_binning(
                c[m], r[m], w[m], n_bins, "quantile", "right", cq[kq == j]
            )["predict"]
    return out


@registered
def bbq(p, y, query, n_prime=2.0, C=10):
    """Bayesian binning into quantiles (Naeini et al. 2015), unweighted: all equal-mass B in
    [max(1,floor(n^(1/3)/C)), ceil(C n^(1/3))] capped at n//5, Beta(a,b) priors with N' = 2, a =
    N' m / B at the bin midpoint m.
    """
    p, y, q = floats(p), floats(y), floats(query)
    n = len(p)
    lo = max(1, int(math.floor(n ** (1 / 3) / C)))
    hi = max(lo, min(int(math.ceil(n / 5)), int(math.ceil(C * n ** (1 / 3)))))
    evidence, predictions = [], []
    for B in range(lo, hi + 1):
        e = edges_mass(p, B)
        full = np.concatenate([[0.0], e, [1.0]])
        s = bin_stats(p, y, np.ones(n), np.searchsorted(e, p, side="left"), B)
        mid = np.clip((full[1:] + full[:-1]) / 2, 1e-12, 1 - 1e-12)
        a, b = n_prime / B * mid, n_prime / B * (1 - mid)
        evidence.append(
            float((special.betaln(s["wy"] + a, s["w"] - s["wy"] + b) - special.betaln(a, b)).sum())
        )
        th = (s["wy"] + a) / (s["w"] + a + b)
        predictions.append(th[np.searchsorted(e, q, side="left")])
    ls = np.array(evidence)
    wt = np.exp(ls - ls.max())
    wt /= wt.sum()
    return dict(bins=[lo, hi], log_scores=ls, predict=wt @ np.array(predictions))


def natural_basis(x, kx):
    """Rows: the natural cubic spline through unit ordinates at the knots, evaluated at x; and its
    derivative.
    """
    cs = CubicSpline(kx, np.eye(len(kx)), bc_type="natural")
    return cs(x), cs(x, 1)


@registered
def spline_calibration(p, y, n_knots=6):
    """Gupta et al. 2021: LSQ natural cubic spline (equispaced knots on [0,1]) to the cumulative
    error at t=(i)/(n-1); recalibrated p_(i) = p_(i) + spline'(t_i), in order of p. Unweighted,
    untied.
    """
    p, y = floats(p), floats(y)
    n = len(p)
    o = np.argsort(p, kind="stable")
    e = np.cumsum(y[o] - p[o]) / n
    t = np.linspace(0, 1, n)
    A, D = natural_basis(t, np.linspace(0, 1, n_knots))
    k = np.linalg.lstsq(A, e, rcond=None)[0]
    out = np.empty(n)
    out[o] = p[o] + D @ k
    return dict(knots=k, calibrated=out)


@registered
def scaling_binning(s_fit, y_fit, s_bin, query, n_bins=10):
    """Kumar, Liang, Ma 2019: Platt on (s_fit, y_fit); equal-mass bins of g(s_bin); output = mean of
    g(s_bin) in the query's bin.
    """
    t = platt_scaling(s_fit, y_fit)

    def g(s):
        return sigmoid(t["a"] * floats(s) + t["b"])

    gb = g(s_bin)
    e = edges_mass(gb, n_bins)
    st = bin_stats(gb, gb, np.ones(len(gb)), np.searchsorted(e, gb, side="left"), n_bins)
    v = np.where(st["w"] > 0, st["wp"] / np.where(st["w"] > 0, st["w"], 1), 0.5)
    return dict(
        a=t["a"], b=t["b"], edges=e, values=v, predict=v[np.searchsorted(e, g(query), side="left")]
    )
