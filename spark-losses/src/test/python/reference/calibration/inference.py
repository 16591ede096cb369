"""How sure a figure is."""

import math
from typing import Any

import numpy as np
from scipy import stats

from .arrays import drop_unweighted, floats, weights
from .registry import registered


@registered
def mean_se(x, w=None):
    """unit weights: s/sqrt(n) (n-1). weights: linearised sqrt( n/(n-1) sum w^2 (x-m)^2 ) / W."""
    x = floats(x)
    w = weights(w, len(x))
    w, x = drop_unweighted(w, x)
    n = len(x)
    m = (w * x).sum() / w.sum()
    se = math.sqrt(n / (n - 1) * (w * w * (x - m) ** 2).sum()) / w.sum() if n > 1 else float("nan")
    return dict(mean=float(m), se=float(se))


@registered
def cluster_se(x, cluster, w=None):
    """CR1 for the mean: sqrt( G/(G-1) sum_g (sum_{i in g} w (x-m))^2 ) / W."""
    x = floats(x)
    w = weights(w, len(x))
    m = (w * x).sum() / w.sum()
    g = np.unique(np.asarray(cluster), return_inverse=True)[1]
    s = np.bincount(g, weights=w * (x - m))
    G = len(s)
    return dict(
        mean=float(m),
        se=float(math.sqrt(G / (G - 1) * (s**2).sum()) / w.sum()) if G > 1 else float("nan"),
        clusters=G,
    )


@registered
def paired_t(a, b):
    d = floats(a) - floats(b)
    r = mean_se(d)
    t = r["mean"] / r["se"] if r["se"] > 0 else float("nan")
    return dict(
        diff=r["mean"], se=r["se"], t=float(t), p_value=float(2 * stats.t.sf(abs(t), len(d) - 1))
    )


@registered
def mcnemar(correct_a, correct_b):
    a, b = np.asarray(correct_a, bool), np.asarray(correct_b, bool)
    n01, n10 = int((~a & b).sum()), int((a & ~b).sum())
    n = n01 + n10
    k = min(n01, n10)
    ex = min(1.0, 2 * float(stats.binom.cdf(k, n, 0.5))) if n else 1.0
    mid = (
        min(1.0, 2 * float(stats.binom.cdf(k, n, 0.5)) - float(stats.binom.pmf(k, n, 0.5)))
        if n
        else 1.0
    )
    c = (abs(n01 - n10) - 1) ** 2 / n if n else 0.0
    return dict(
        n01=n01,
        n10=n10,
        p_exact=ex,
        p_mid=float(mid),
        chi2_cc=float(max(c, 0) if n else 0.0),
        p_chi2_cc=float(stats.chi2.sf(c, 1)) if n else 1.0,
    )


@registered
def delong(S, y):
    """S[model, row]. Midrank placements: auc, covariance matrix, z and p for model 0 against 1 when
    there are two.
    """
    S, y = np.atleast_2d(floats(S)), np.asarray(y).astype(bool)
    m, n = int(y.sum()), int((~y).sum())
    V10, V01, A = [], [], []
    for s in S:
        pos, neg = s[y], s[~y]
        a = stats.rankdata(s)[y] - stats.rankdata(pos)
        b = stats.rankdata(s)[~y] - stats.rankdata(neg)
        V10.append(a / n)
        V01.append(1 - b / m)
        A.append(a.mean() / n)
    C = (
        np.atleast_2d(np.cov(V10)) / m + np.atleast_2d(np.cov(V01)) / n
        if m > 1 and n > 1
        else np.full((len(S), len(S)), np.nan)
    )
    out: dict[str, Any] = dict(auc=np.array(A), cov=C)
    if len(S) == 2:
        v = C[0, 0] + C[1, 1] - 2 * C[0, 1]
        z = (A[0] - A[1]) / math.sqrt(v) if v > 0 else float("nan")
        out.update(z=float(z), p_value=float(2 * stats.norm.sf(abs(z))))
    return out


@registered
def wilson_interval(k, n, level=0.95):
    z = stats.norm.ppf(0.5 + level / 2)
    p = k / n
    c, d = p + z * z / (2 * n), 1 + z * z / n
    h = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return dict(low=(c - h) / d, high=(c + h) / d)


@registered
def poisson_bootstrap(x, counts, w=None, level=0.95):
    """counts[replicate, row] ~ Poisson(1), given. Replicate means, their sd (R-1), percentile
    interval (linear interpolation).
    """
    x = floats(x)
    w = weights(w, len(x))
    C = floats(counts) * w
    r = C @ x / C.sum(1)
    return dict(
        replicates=r,
        se=float(r.std(ddof=1)),
        low=float(np.quantile(r, 0.5 - level / 2)),
        high=float(np.quantile(r, 0.5 + level / 2)),
    )
