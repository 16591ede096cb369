"""Bins of a probability, by width and by mass."""

import numpy as np

from .arrays import drop_unweighted, floats, tie_groups, weights


def edges_width(B):
    """The edges of B bins of equal width."""
    return np.array([i / B for i in range(B + 1)])


def bin_width(p, B, side="right"):
    """side='right': bins (e_b, e_{b+1}], 0 in bin 0 (Guo 2017, sklearn, verified_calibration).
    side='left': [e_b, e_{b+1}), 1 in the last bin (netcal, caltrain). side='torchmetrics':
    left-closed, and p == 1 gets a (B+1)-th bin of its own (torchmetrics, relplot,
    uncertainty-metrics).
    """
    e = edges_width(B)
    p = floats(p)
    if side == "right":
        return np.searchsorted(e[1:-1], p, side="left")
    i = np.searchsorted(e[1:-1], p, side="right")
    if side == "torchmetrics":
        i = np.where(p >= 1.0, B, i)
    return i


def edges_mass(p, B, w=None):
    """Weighted inverted-CDF quantile edges: e_j = min{v in data : sum_{p<=v} w >= (j/B) W},
    j=1..B-1.
    """
    p = floats(p)
    w = weights(w, len(p))
    w, p = drop_unweighted(w, p)
    u, wu = tie_groups(p, w)
    c = np.cumsum(wu)
    W = c[-1]
    t = np.array([j / B for j in range(1, B)]) * W - 1e-12 * W
    return u[np.minimum(np.searchsorted(c, t, side="left"), len(u) - 1)] if B > 1 else np.zeros(0)


def bin_mass(p, B, w=None):
    """Right-closed bins between the quantile edges; ties stay together; duplicate edges give empty
    bins.
    """
    return np.searchsorted(edges_mass(p, B, w), floats(p), side="left")


def bins_for(p, B, strategy, side, w=None):
    """The bin of each probability."""
    return bin_width(p, B, side) if strategy == "uniform" else bin_mass(p, B, w)


def bin_stats(p, y, w, idx, nb):
    """Sums of weights, probabilities, outcomes and their products by bin, and counts of rows."""

    def f(v):
        return np.bincount(idx, weights=v, minlength=nb)

    return dict(
        w=f(w),
        w2=f(w * w),
        wp=f(w * p),
        wy=f(w * y),
        wpp=f(w * p * p),
        wpy=f(w * p * y),
        n=f((w > 0) * 1.0),
    )
