"""Fits from a table of cells of logits, and what they can be off by."""

import itertools
import math

import numpy as np
from scipy import special

from .arrays import drop_unweighted, floats, weights
from .quadratic import logistic, platt_targets, separable
from .registry import registered


def features(kind, t):
    """The columns that the log odds are linear in."""
    if kind == "beta":
        return np.stack([np.ones_like(t), -np.logaddexp(0, -t), np.logaddexp(0, t)], 1)
    return np.stack([t**i for i in range(2 if kind == "platt" else 3)], 1)


def derivatives(kind, x):
    """Of each column the value and the first three derivatives."""
    one, zero = np.ones_like(x), 0 * x
    if kind == "beta":
        p = special.expit(x)
        d2, d3 = p * (1 - p), p * (1 - p) * (1 - 2 * p)
        return [
            [one, zero, zero, zero],
            [-np.logaddexp(0, -x), 1 - p, -d2, -d3],
            [np.logaddexp(0, x), p, d2, d3],
        ]
    columns = [[one, zero, zero, zero], [x, one, zero, zero], [x * x, 2 * x, 2 * one, zero]]
    return columns[: 2 if kind == "platt" else 3]


def cell_table(z, y, w, n_cells, lo, hi):
    """Of each class the weight, mean and variance of the logits in each cell."""
    i = np.clip(np.floor((z - lo) / (hi - lo) * n_cells).astype(int), 0, n_cells - 1)
    table = []
    for c in (0, 1):
        v = w * (y == c)
        n = np.bincount(i, v, n_cells)
        some = np.where(n > 0, n, 1)
        m = np.where(n > 0, np.bincount(i, v * z, n_cells) / some, 0)
        s2 = np.bincount(i, v * (z - m[i]) ** 2, n_cells)
        table.append((n, m, np.where(n > 0, s2 / some, 0)))
    return table


def stand_ins(table, lo, h, use):
    """Points that stand in for the rows: their logits, labels and weights."""
    Z, Y, V = [], [], []
    for c, (n, m, v) in enumerate(table):
        k = n > 0
        s = np.sqrt(v[k])
        if use == "variance":
            points = [(m[k] - s, 0.5), (m[k] + s, 0.5)]
        elif use == "mean":
            points = [(m[k], 1.0)]
        else:
            points = [(lo + h * (np.arange(len(n))[k] + 0.5), 1.0)]
        for at, share in points:
            Z.append(at)
            Y.append(np.full(k.sum(), float(c)))
            V.append(n[k] * share)
    return np.concatenate(Z), np.concatenate(Y), np.concatenate(V)


def gradient_bound(table, edges, theta, kind, weight):
    """What each component of the gradient over the rows is at most, and features of all cells.
    |component j| <= sum over (cell, class) of share (h v + v^1.5) / 6 sup |((sigmoid(t) - y)
    x_j)'''| over the cell widened by 0.21 h, for mean - sd >= start of the cell - 0.2072 h.
    """
    bound, rows = np.zeros(len(theta)), []
    for c, (n, _, v) in enumerate(table):
        k = n > 0
        h = np.diff(edges)[k]
        x = edges[:-1][k][:, None] + h[:, None] * np.linspace(-0.21, 1.21, 33)[None]
        f = derivatives(kind, x)
        t, t1, t2, t3 = (sum(a * p[i] for a, p in zip(theta, f)) for i in range(4))
        s0 = special.expit(t)
        d1 = s0 * (1 - s0)
        d2, d3 = d1 * (1 - 2 * s0), d1 * (1 - 6 * d1)
        s1, s2, s3 = d1 * t1, d2 * t1**2 + d1 * t2, d3 * t1**3 + 3 * d2 * t1 * t2 + d1 * t3
        for j, p in enumerate(f):
            third = np.abs(s3 * p[0] + 3 * s2 * p[1] + 3 * s1 * p[2] + (s0 - c) * p[3])
            factor = n[k] / weight * (h * v[k] + v[k] ** 1.5) / 6
            bound[j] += (factor * third.max(1) * 1.05).sum()
        rows.append(np.stack([p[0] for p in f], 2).reshape(-1, len(f)))
    return bound, np.concatenate(rows)


@registered
def binary_fit_from_cells(
    z, y, w=None, kind="quadratic", n_cells=2048, lo=-20.0, hi=20.0, use="variance"
):
    """Each (cell, class) stands in as two points mean +- sd of half the weight (use = variance),
    one at the mean (mean), or at the middle of the cell (count). kind: platt | quadratic | beta
    (signs free; theta = intercept, ln p, -ln(1-p)). excess_bound: what the log loss on the rows can
    exceed its minimum by, from the table alone; infinite when it cannot be told.
    """
    z, y = floats(z), floats(y)
    w, z, y = drop_unweighted(weights(w, len(z)), z, y)
    table = cell_table(z, y, w, n_cells, lo, hi)
    h = (hi - lo) / n_cells
    Z, Y, V = stand_ins(table, lo, h, use)
    degree = 1 if kind == "platt" else 2
    if len(np.unique(np.round(Z / h * 1e9))) <= degree or min(Y) == max(Y):
        raise ValueError("one class or fewer distinct scores than parameters")
    used = int(((table[0][0] + table[1][0]) > 0).sum())
    if separable(Z, Y, degree):
        theta, _ = logistic(features(kind, Z), platt_targets(Y, V), V)
        return dict(
            theta=theta, excess_loss=math.nan, excess_bound=math.nan, used_cells=used, status=1
        )
    theta, _ = logistic(features(kind, Z), Y, V)
    _, best = logistic(features(kind, z), y, w)
    t = features(kind, z) @ theta
    loss = float((w * (np.logaddexp(0, t) - y * t)).sum() / w.sum())
    # The table keeps the least and greatest logit: the cells at its ends reach to them.
    edges = lo + h * np.arange(n_cells + 1)
    edges[0], edges[-1] = min(lo, z.min()), max(hi, z.max())
    B, X = gradient_bound(table, edges, theta, kind, w.sum())
    F = features(kind, Z)
    p = special.expit(F @ theta)
    inverse = np.linalg.inv((F * (V / V.sum() * p * (1 - p))[:, None]).T @ F)
    signs = [np.array(s) * B for s in itertools.product((-1.0, 1.0), repeat=len(B))]
    bound = max(float(s @ inverse @ s) for s in signs)
    leverage = float(np.einsum("ni,ij,nj->n", X, inverse, X).max())
    move = 2 * math.exp(0.5) * math.sqrt(max(bound, 0.0)) * math.sqrt(leverage)
    if use != "variance" or move > 0.5:
        bound = math.inf
    return dict(
        theta=theta,
        excess_loss=max(0.0, loss - best),
        excess_bound=bound,
        used_cells=used,
        status=0,
    )
