"""Centred isotonic regression."""

import numpy as np

from .arrays import drop_unweighted, floats, tie_groups, weights
from .registry import registered


def blocks(p, y, w):
    """PAV blocks of the tie-pooled table: first, last, sum of wx, of wy and of w."""
    u, sw, sy = tie_groups(p, w, w * y)
    out: list[list[float]] = []
    for x, a, b in zip(u, sw, sy):
        out.append([x, x, a * x, b, a])
        while len(out) > 1 and out[-2][3] / out[-2][4] >= out[-1][3] / out[-1][4]:
            last = out.pop()
            first = out[-1]
            sums = [one + other for one, other in zip(first[2:], last[2:])]
            out[-1] = [first[0], last[1], *sums]
    return out


@registered
def centered_isotonic(p, y, w=None, query=None):
    """CIR: each PAV block becomes one point at the weighted mean of its scores; blocks of value
    exactly 0 or 1 keep both ends, the first and last block keep the outer end; joined by straight
    lines, constant outside.
    """
    p, y = floats(p), floats(y)
    w, p, y = drop_unweighted(weights(w, len(p)), p, y)
    found = blocks(p, y, w)
    xs: list[float] = []
    ys: list[float] = []
    for i, (first, last, sx, sy, sw) in enumerate(found):
        value = sy / sw
        if value in (0.0, 1.0):
            points = [first, last]
        else:
            points = [first] if i == 0 else []
            points += [sx / sw] + ([last] if i == len(found) - 1 else [])
        for x in points:
            if not xs or x > xs[-1]:
                xs.append(x)
                ys.append(value)
    out = dict(x=np.array(xs), y=np.array(ys))
    if query is not None:
        out["predict"] = np.interp(floats(query), out["x"], out["y"])
    return out
