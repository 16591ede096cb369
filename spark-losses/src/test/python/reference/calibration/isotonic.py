"""Isotonic regression by pooling adjacent violators."""

import numpy as np

from .arrays import drop_unweighted, floats, tie_groups, weights


def pav(v, w):
    """Weighted least-squares non-decreasing fit (pool adjacent violators)."""
    sv, sw, ln = [], [], []
    for a, b in zip(floats(v), floats(w)):
        sv.append(a * b)
        sw.append(b)
        ln.append(1)
        while len(sv) > 1 and sv[-2] / sw[-2] >= sv[-1] / sw[-1]:
            x, z, length = sv.pop(), sw.pop(), ln.pop()
            sv[-1] += x
            sw[-1] += z
            ln[-1] += length
    return np.repeat(np.array(sv) / np.array(sw), ln)


def isotonic_fit(x, y, w=None):
    """Distinct x (ties pooled to their weighted mean first) and their PAV values."""
    x, y = floats(x), floats(y)
    w = weights(w, len(x))
    w, x, y = drop_unweighted(w, x, y)
    u, sw, swy = tie_groups(x, w, w * y)
    return u, pav(swy / sw, sw)
