"""Calibration errors over bins."""

import math

import numpy as np

from .arrays import conf_correct, drop_unweighted, floats, weights
from .bins import bin_stats, bin_width, bins_for
from .registry import registered


def gaps(s):
    k = s["w"] > 0
    W = s["w"].sum()
    conf = s["wp"][k] / s["w"][k]
    acc = s["wy"][k] / s["w"][k]
    return conf, acc, s["w"][k] / W, s["w"][k] ** 2 / s["w2"][k]


def calibration_error(p, y, w, B, norm, strategy, side, debias=False):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    w, p, y = drop_unweighted(w, p, y)
    if len(p) == 0:
        return float("nan")
    s = bin_stats(p, y, w, bins_for(p, B, strategy, side, w), B + 1)
    conf, acc, q, neff = gaps(s)
    d = np.abs(conf - acc)
    if norm == "l1":
        return float((q * d).sum())
    if norm == "max":
        return float(d.max())
    v = d**2
    if debias:
        ok = neff > 1 + 1e-9
        v = np.where(ok, v - acc * (1 - acc) / np.where(ok, neff - 1, 1), 0.0)
    return math.sqrt(max((q * v).sum(), 0.0))


@registered
def binary_calibration_error(
    p, y, w=None, n_bins=15, norm="l1", strategy="uniform", side="right", debias=False
):
    return calibration_error(p, y, w, n_bins, norm, strategy, side, debias)


@registered
def top_label_calibration_error(
    P, y, w=None, n_bins=15, norm="l1", strategy="uniform", side="right", debias=False
):
    c, r = conf_correct(P, y)
    return calibration_error(c, r, w, n_bins, norm, strategy, side, debias)


@registered
def classwise_calibration_error(
    P,
    y,
    w=None,
    n_bins=15,
    norm="l1",
    strategy="uniform",
    side="right",
    debias=False,
    threshold=None,
):
    """mean over the K columns (SCE / classwise-ECE / marginal CE; ACE with strategy='quantile';
    TACE with threshold). norm l2: sqrt(mean_k ce_k^2). max: max_k.
    """
    P = floats(P)
    K = P.shape[1]
    w = weights(w, len(P))
    errors = []
    for k in range(K):
        m = np.ones(len(P), bool) if threshold is None else P[:, k] > threshold
        v = calibration_error(
            P[m, k], (np.asarray(y)[m] == k) * 1.0, w[m], n_bins, norm, strategy, side, debias
        )
        errors.append(0.0 if math.isnan(v) else v)
    out = np.array(errors)
    return float(
        out.mean() if norm == "l1" else out.max() if norm == "max" else math.sqrt((out**2).mean())
    )


@registered
def top_k_calibration_error(
    P, y, k=2, w=None, n_bins=15, norm="l1", strategy="uniform", side="right"
):
    """Pooled k largest probabilities of every row against 1[class is the label] (weight w of the
    row each).
    """
    P = floats(P)
    o = np.argsort(-P, axis=1, kind="stable")[:, :k]
    pr = np.take_along_axis(P, o, axis=1)
    hit = (o == np.asarray(y)[:, None]) * 1.0
    ww = np.repeat(weights(w, len(P)), o.shape[1])
    return calibration_error(pr.ravel(), hit.ravel(), ww, n_bins, norm, strategy, side)


@registered
def overall_calibration_error(P, y, w=None, n_bins=15, norm="l1", strategy="uniform", side="right"):
    """All K probabilities pooled in one binning (the pooled variant some codes call SCE)."""
    return top_k_calibration_error(P, y, floats(P).shape[1], w, n_bins, norm, strategy, side)


@registered
def average_calibration_error(p, y, w=None, n_bins=15, side="right"):
    """netcal 'ACE': unweighted mean gap over the non-empty equal-width bins (Neumann et al.
    2018).
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    w, p, y = drop_unweighted(w, p, y)
    conf, acc, q, _ = gaps(bin_stats(p, y, w, bin_width(p, n_bins, side), n_bins + 1))
    return float(np.abs(conf - acc).mean())


@registered
def over_under_confidence(p, y, w=None, n_bins=15, side="right"):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    w, p, y = drop_unweighted(w, p, y)
    conf, acc, q, _ = gaps(bin_stats(p, y, w, bin_width(p, n_bins, side), n_bins + 1))
    d = conf - acc
    return dict(
        over=float((q * np.maximum(d, 0)).sum()),
        under=float((q * np.maximum(-d, 0)).sum()),
        oe_thulasidasan=float((q * conf * np.maximum(d, 0)).sum()),
        signed=float((q * d).sum()),
    )


@registered
def reliability_diagram(p, y, w=None, n_bins=15, strategy="uniform", side="right"):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    w, p, y = drop_unweighted(w, p, y)
    s = bin_stats(p, y, w, bins_for(p, n_bins, strategy, side, w), n_bins)
    with np.errstate(invalid="ignore", divide="ignore"):
        return dict(sum_w=s["w"], mean_p=s["wp"] / s["w"], mean_y=s["wy"] / s["w"], count=s["n"])


@registered
def ece_sweep(p, y, norm="l1", strategy="quantile"):
    """Largest b such that b = 2..b all have monotone bin means (Roelofs et al. 2022); rank split,
    scores untied. Unweighted only.
    """
    p, y = floats(p), floats(y)
    n = len(p)
    o = np.argsort(p, kind="stable")
    e = 1 if norm == "l1" else 2

    def idx(b):
        if strategy == "quantile":
            i = np.empty(n, int)
            i[o] = np.minimum(b - 1, np.floor(np.arange(n) / n * b)).astype(int)
            return i
        return np.minimum(b - 1, np.floor(p * b)).astype(int)

    best = np.zeros(n, int)
    for b in range(2, n):
        i = idx(b)
        c = np.bincount(i, minlength=b)
        m = (np.bincount(i, weights=y, minlength=b)[c > 0]) / c[c > 0]
        if np.any(np.diff(m) < 0):
            break
        best = i
    nb = best.max() + 1
    c = np.bincount(best, minlength=nb)
    k = c > 0
    d = (
        np.abs(
            np.bincount(best, weights=y, minlength=nb)[k]
            - np.bincount(best, weights=p, minlength=nb)[k]
        )
        / c[k]
    )
    return dict(value=float(((c[k] / n) * d**e).sum() ** (1 / e)), n_bins=int(nb))
