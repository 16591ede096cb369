"""Calibrators that are kept away from 0 and 1."""

import math

import numpy as np
from scipy import optimize

from .arrays import drop_unweighted, floats, log_softmax, softmax, weights
from .bins import edges_mass, edges_width
from .quadratic import LOG_TINY
from .registry import registered
from .stepwise import histogram_binning, isotonic_calibration


def mix(q, w):
    """(1 - e) q + e / K, e = 1 / (W + 1)."""
    e = 1 / (w.sum() + 1)
    return (1 - e) * q + e / q.shape[1]


def laplace_bins(p, t, w, query, n_bins, strategy, classes):
    """Bin value (n1 + 1) / (n + K)."""
    e = edges_width(n_bins)[1:-1] if strategy == "uniform" else edges_mass(p, n_bins, w)
    i = np.searchsorted(e, p, side="left")
    n, n1 = np.bincount(i, w, n_bins), np.bincount(i, w * t, n_bins)
    return ((n1 + 1) / (n + classes))[np.searchsorted(e, query, side="left")]


@registered
def ovr_with_floor(
    P, y, query, w=None, method="isotonic", floor="mix", n_bins=10, strategy="uniform"
):
    """One-vs-rest isotonic or histogram binning, renormalised, a row of zeros uniform. floor: none;
    mix: (1-e) q + e/K after renormalising; laplace (histogram): (n1+1)/(n+K) a bin.
    """
    P, Q, y = floats(P), floats(query), np.asarray(y)
    w, P, y = drop_unweighted(weights(w, len(y)), P, y)
    K = P.shape[1]
    columns = []
    for k in range(K):
        p, q, t = P[:, k], Q[:, k], (y == k) * 1.0
        if method == "isotonic":
            columns.append(isotonic_calibration(p, t, w, q)["predict"])
        elif floor == "laplace":
            columns.append(laplace_bins(p, t, w, q, n_bins, strategy, K))
        else:
            columns.append(histogram_binning(p, t, w, n_bins, strategy, "right", q)["predict"])
    R = np.stack(columns, 1)
    s = R.sum(1, keepdims=True)
    R = np.where(s > 0, R / np.where(s > 0, s, 1), 1 / K)
    return mix(R, w) if floor == "mix" else R


def log_probs(P=None, logits=None):
    """log p, at least log(2^-126)."""
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(floats(P)) if logits is None else log_softmax(logits), LOG_TINY)


@registered
def temperature_mix(P=None, logits=None, y=None, w=None, query=None):
    """Temperature on log p, log beta in [-16, 16], then (1 - e) softmax(beta log p) + e / K. Status
    0 ok, 1 every label has its row's largest logit (beta = e^16), 2 not better than uniform (beta =
    e^-16), 3 constant rows (beta = 1).
    """
    L, y = log_probs(P, logits), np.asarray(y, int)
    w, L, y = drop_unweighted(weights(w, len(y)), L, y)
    if not len(y):
        raise ValueError("no row of positive weight")
    Z = L - L.max(1, keepdims=True)
    own = Z[np.arange(len(y)), y]

    def slope(t):
        return float((w * ((softmax(math.exp(t) * Z) * Z).sum(1) - own)).sum() / w.sum())

    gain = own - Z.mean(1)
    if (Z == 0).all():
        log_beta, status = 0.0, 3
    elif (own == 0).all() or slope(16) <= 0:
        log_beta, status = 16.0, 1
    elif (w * gain).sum() <= 1e-12 * (w * np.abs(gain)).sum() or slope(-16) >= 0:
        log_beta, status = -16.0, 2
    else:
        log_beta = optimize.brentq(slope, -16, 16, xtol=1e-15, rtol=9e-16, maxiter=500)
        status = 0
    beta = math.exp(log_beta)
    q = mix(softmax(beta * L), w)
    loss = float(-(w * np.log(q[np.arange(len(y)), y])).sum() / w.sum())
    out = dict(beta=beta, epsilon=float(1 / (w.sum() + 1)), loss=loss, status=status)
    if query is not None:
        out["predict"] = mix(softmax(beta * log_probs(query)), w)
    return out
