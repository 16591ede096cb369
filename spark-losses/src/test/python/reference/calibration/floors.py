"""Calibrators that are kept away from 0 and 1."""

import numpy as np

from .arrays import drop_unweighted, floats, softmax, weights
from .bins import edges_mass, edges_width
from .registry import registered
from .stepwise import histogram_binning, isotonic_calibration
from .temperature import inverse_temperature, log_probs


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


@registered
def temperature_mix(P=None, logits=None, y=None, w=None, query=None):
    """Temperature on log p, then (1 - e) softmax(beta log p) + e / K."""
    L, y = log_probs(P, logits), np.asarray(y, int)
    w, L, y = drop_unweighted(weights(w, len(y)), L, y)
    if not len(y):
        raise ValueError("no row of positive weight")
    beta, status = inverse_temperature(L, y, w)
    q = mix(softmax(beta * L), w)
    loss = float(-(w * np.log(q[np.arange(len(y)), y])).sum() / w.sum())
    out = dict(beta=beta, epsilon=float(1 / (w.sum() + 1)), loss=loss, status=status)
    if query is not None:
        out["predict"] = mix(softmax(beta * log_probs(query)), w)
    return out
