"""Venn-Abers prediction, by fitting again for every query."""

import numpy as np

from .arrays import drop_unweighted, floats, tie_groups, weights
from .isotonic import pav
from .registry import registered


@registered
def venn_abers(p, y, query, w=None):
    """Inductive. For a query score s: p1 (p0) = isotonic fit of the calibration rows plus (s, 1)
    (plus (s, 0)), weight 1, read at s.
    """
    p, y, q = floats(p), floats(y), floats(query)
    w, p, y = drop_unweighted(weights(w, len(p)), p, y)
    u, sw, sy = tie_groups(p, w, w * y) if len(p) else (np.zeros(0),) * 3
    r = np.empty((len(q), 2))
    for s in np.unique(q):
        i = int(np.searchsorted(u, s))
        hit = i < len(u) and u[i] == s
        for label in (0, 1):
            cw = sw.copy() if hit else np.insert(sw, i, 0.0)
            cy = sy.copy() if hit else np.insert(sy, i, 0.0)
            cw[i] += 1
            cy[i] += label
            r[q == s, label] = pav(cy / cw, cw)[i]
    p0, p1 = r[:, 0], r[:, 1]
    return dict(p0=p0, p1=p1, p_log=p1 / (1 - p0 + p1), p_brier=p1 - p1 * p1 / 2 + p0 * p0 / 2)


@registered
def venn_abers_ovr(P, y, query, w=None):
    """p_log of each class against the rest, then rows divided by their sum (never 0, as p1 > 0)."""
    P, Q, y = floats(P), floats(query), np.asarray(y)
    R = np.stack(
        [venn_abers(P[:, k], (y == k) * 1.0, Q[:, k], w)["p_log"] for k in range(P.shape[1])], 1
    )
    return R / R.sum(1, keepdims=True)
