"""Conformal prediction."""

import math
import struct

import numpy as np
from scipy import stats

from .arrays import floats, tie_groups, weights
from .registry import registered


@registered
def conformal_quantile(scores, alpha):
    """The ceil((n+1)(1-alpha))-th smallest score; +inf when that exceeds n."""
    s = np.sort(floats(scores))
    k = math.ceil((len(s) + 1) * (1 - alpha) - 1e-9)
    return float("inf") if k > len(s) else float(s[max(k, 1) - 1])


@registered
def weighted_conformal_quantile(scores, weights, alpha, w_test=1.0):
    """inf{q : sum_i w_i 1[s_i<=q] / (sum w + w_test) >= 1-alpha} (Tibshirani 2019, Barber 2023);
    +inf when never.
    """
    u, g = tie_groups(scores, weights)
    c = np.cumsum(g) / (np.sum(weights) + w_test)
    ok = c >= 1 - alpha - 1e-12
    return float(u[int(np.argmax(ok))]) if ok.any() else float("inf")


def lac_scores(P):
    return 1 - floats(P)


def aps_scores(P, u=None, lam=0.0, k_reg=0):
    """Score of every class: sum of probabilities ranked up to and including it, minus u p, plus lam
    max(rank - k_reg, 0). Stable order: larger p first, then lower index.
    """
    P = floats(P)
    o = np.argsort(-P, axis=1, kind="stable")
    cs = np.cumsum(np.take_along_axis(P, o, 1), 1)
    S = np.empty_like(P)
    R = np.empty_like(P)
    np.put_along_axis(S, o, cs, 1)
    np.put_along_axis(R, o, np.broadcast_to(np.arange(1, P.shape[1] + 1.0), P.shape).copy(), 1)
    if u is not None:
        S = S - floats(u)[:, None] * P
    return S + lam * np.maximum(R - k_reg, 0)


@registered
def conformal_classification(
    P_cal,
    y_cal,
    P_test,
    y_test,
    alpha=0.1,
    method="lac",
    u_cal=None,
    u_test=None,
    lam=0.01,
    k_reg=1,
):
    f = {
        "lac": lambda P, u: lac_scores(P),
        "aps": lambda P, u: aps_scores(P, u),
        "raps": lambda P, u: aps_scores(P, u, lam, k_reg),
    }[method]
    Sc, St = f(P_cal, u_cal), f(P_test, u_test)
    q = conformal_quantile(Sc[np.arange(len(Sc)), np.asarray(y_cal, int)], alpha)
    sets = St <= q
    r = conformal_set_metrics(sets, y_test)
    r["qhat"] = q
    return r


@registered
def conformal_set_metrics(sets, y, w=None):
    sets = np.asarray(sets, bool)
    y = np.asarray(y, int)
    w = weights(w, len(y))
    cov = sets[np.arange(len(y)), y] * 1.0
    size = sets.sum(1)

    def m(v):
        return float((w * v).sum() / w.sum())

    ssc = min(float((w * cov)[size == s].sum() / w[size == s].sum()) for s in np.unique(size))
    cc = [float((w * cov)[y == k].sum() / w[y == k].sum()) for k in np.unique(y)]
    return dict(
        coverage=m(cov),
        mean_size=m(size * 1.0),
        empty_rate=m((size == 0) * 1.0),
        singleton_rate=m((size == 1) * 1.0),
        ssc=ssc,
        min_class_coverage=min(cc),
    )


@registered
def conformal_regression(score_cal, lo, hi, y, alpha=0.1):
    q = conformal_quantile(score_cal, alpha)
    lo, hi, y = floats(lo) - q, floats(hi) + q, floats(y)
    return dict(
        qhat=q, coverage=float(((y >= lo) & (y <= hi)).mean()), mean_width=float((hi - lo).mean())
    )


@registered
def cqr_scores(lo, hi, y):
    return np.maximum(floats(lo) - floats(y), floats(y) - floats(hi))


@registered
def conformal_risk_control(loss_matrix, lambdas, alpha, B=1.0):
    """Losses[row, lambda], non-increasing in lambda: first lambda with n/(n+1) Rbar + B/(n+1) <=
    alpha (last if none).
    """
    L = floats(loss_matrix)
    n = len(L)
    ok = L.sum(0) / (n + 1) + B / (n + 1) <= alpha + 1e-12
    return float(floats(lambdas)[int(np.argmax(ok))]) if ok.any() else float(floats(lambdas)[-1])


@registered
def saps_scores(P, u=None, lam=0.2):
    """Every class: (1 - u) pmax at rank 1, pmax + (rank - 1 - u) lam below. Rank: larger p first,
    ties lower index.
    """
    P = floats(P)
    n, K = P.shape
    o = np.argsort(-P, axis=1, kind="stable")
    R = np.empty((n, K))
    np.put_along_axis(R, o, np.broadcast_to(np.arange(1.0, K + 1), (n, K)).copy(), 1)
    u = np.zeros(n) if u is None else floats(u)
    m = P.max(1)[:, None]
    return np.where(R == 1, (1 - u[:, None]) * m, m + (R - 1 - u[:, None]) * lam)


def margin_scores(P):
    """The largest other probability less that of the class."""
    P = floats(P)
    top = np.sort(P, 1)[:, ::-1]
    is_tied = (top[:, :1] == P).sum(1, keepdims=True) > 1
    of_largest = np.where(is_tied, 0.0, top[:, 1:2] - top[:, :1])
    return np.where(top[:, :1] == P, of_largest, top[:, :1] - P)


def class_scores(P, method, u, lam, k_reg):
    return {
        "lac": lambda: lac_scores(P),
        "aps": lambda: aps_scores(P, u),
        "raps": lambda: aps_scores(P, u, lam, k_reg),
        "saps": lambda: saps_scores(P, u, lam),
        "margin": lambda: margin_scores(P),
    }[method]()


@registered
def mondrian_thresholds(scores, key, alpha=0.1, n_keys=None):
    """The conformal quantile of each key 0..n_keys-1; infinite without enough rows."""
    s, k = floats(scores), np.asarray(key, int)
    keys = range(n_keys or int(k.max()) + 1)
    return np.array([conformal_quantile(s[k == j], alpha) for j in keys])


@registered
def mondrian_classification(
    P_cal,
    y_cal,
    P_test,
    y_test,
    g_cal=None,
    g_test=None,
    alpha=0.1,
    method="lac",
    by="class",
    u_cal=None,
    u_test=None,
    lam=0.2,
    k_reg=1,
):
    """Class k is in the set of a row of group g if its score is at most the threshold of its key:
    k, g or (g, k).
    """
    yc, yt = np.asarray(y_cal, int), np.asarray(y_test, int)
    K = floats(P_cal).shape[1]
    gc = np.zeros(len(yc), int) if g_cal is None else np.asarray(g_cal, int)
    gt = np.zeros(len(yt), int) if g_test is None else np.asarray(g_test, int)
    Sc = class_scores(P_cal, method, u_cal, lam, k_reg)
    St = class_scores(P_test, method, u_test, lam, k_reg)
    s = Sc[np.arange(len(yc)), yc]
    G = int(max(gc.max(), gt.max())) + 1
    k, g = np.arange(K)[None, :], gt[:, None]
    key_cal = {"none": 0 * yc, "class": yc, "group": gc, "both": gc * K + yc}[by]
    key_test = {"none": 0 * k + 0 * g, "class": k + 0 * g, "group": g + 0 * k, "both": g * K + k}
    q = mondrian_thresholds(
        s, key_cal, alpha, {"none": 1, "class": K, "group": G, "both": G * K}[by]
    )
    r = conformal_set_metrics(St <= q[key_test[by]], yt)
    r.update(thresholds=q, infinite=int(np.isinf(q).sum()))
    return r


@registered
def clopper_pearson(k, n, level=0.95):
    a = 1 - level
    return dict(
        low=0.0 if k <= 0 else float(stats.beta.ppf(a / 2, k, n - k + 1)),
        high=1.0 if k >= n else float(stats.beta.ppf(1 - a / 2, k + 1, n - k)),
    )


@registered
def coverage_range(n_cal, alpha=0.1, level=0.95):
    """Coverage after a fit to n rows is Beta(k, n + 1 - k), k = ceil((n + 1)(1 - alpha)), without
    ties.
    """
    k = math.ceil((n_cal + 1) * (1 - alpha) - 1e-9)
    if k > n_cal:
        return dict(mean=1.0, low=1.0, high=1.0)
    a = (1 - level) / 2
    return dict(
        mean=k / (n_cal + 1),
        low=float(stats.beta.ppf(a, k, n_cal + 1 - k)),
        high=float(stats.beta.ppf(1 - a, k, n_cal + 1 - k)),
    )


@registered
def size_stratified_coverage(size, covered, alpha=0.1, strata=None):
    """By the size of the set; violation is the largest |coverage - (1 - alpha)|."""
    s, c = np.asarray(size, int), floats(covered)
    out: dict[str, list[float]] = dict(rows=[], coverage=[], low=[], high=[])
    nan = float("nan")
    for lo, hi in strata or [[0, 1], [2, 3], [4, 10], [11, 100], [101, 1000]]:
        k = (s >= lo) & (s <= hi)
        n = int(k.sum())
        interval = clopper_pearson(float(c[k].sum()), n) if n else dict(low=nan, high=nan)
        out["rows"].append(n)
        out["coverage"].append(float(c[k].mean()) if n else nan)
        out["low"].append(interval["low"])
        out["high"].append(interval["high"])
    v = [abs(x - (1 - alpha)) for x in out["coverage"] if not math.isnan(x)]
    return {**out, "violation": max(v) if v else nan}


@registered
def worst_slice_coverage(covered, group, alpha=0.1, q=0.05, min_rows=1):
    """The slice of the least exact binomial p-value of coverage >= 1 - alpha, adjusted as Benjamini
    and Hochberg do.
    """
    c, g = floats(covered), np.asarray(group, int)
    ids = [j for j in np.unique(g) if (g == j).sum() >= min_rows]
    nan = float("nan")
    if not ids:
        return dict(
            slices=0,
            worst=-1,
            coverage=nan,
            p_value=nan,
            p_adjusted=nan,
            rejected=0,
            low=nan,
            high=nan,
        )
    n = np.array([(g == j).sum() for j in ids])
    k = np.array([c[g == j].sum() for j in ids])
    p = stats.binom.cdf(k, n, 1 - alpha)
    adjusted = stats.false_discovery_control(p)
    w = min(range(len(ids)), key=lambda i: (p[i], k[i] / n[i], ids[i]))
    interval = clopper_pearson(float(k[w]), int(n[w]), 1 - 0.05 / len(ids))
    return dict(
        slices=len(ids),
        worst=int(ids[w]),
        coverage=float(k[w] / n[w]),
        p_value=float(p[w]),
        p_adjusted=float(adjusted[w]),
        rejected=int((adjusted <= q).sum()),
        low=interval["low"],
        high=interval["high"],
    )


@registered
def sortable_bits(x, bits=32):
    """An unsigned integer in the order of the floats: with the sign bit set the complement, else
    the sign bit flipped; -0 becomes +0 first.
    """
    v = np.atleast_1d(np.asarray(x, np.float32 if bits == 32 else np.float64)) + 0.0
    if np.isnan(v).any():
        raise ValueError("NaN score")
    b = v.view(np.uint32 if bits == 32 else np.uint64).astype(np.uint64)
    sign, every = np.uint64(1 << bits - 1), np.uint64((1 << bits) - 1)
    return np.where(b & sign, b ^ every, b | sign)


def from_sortable(k):
    b = (~k & 0xFFFFFFFF) if k < 1 << 31 else k & 0x7FFFFFFF
    return struct.unpack("<f", struct.pack("<I", b))[0]


@registered
def two_pass_quantile(scores, alpha=0.1):
    """Counts by the upper 16 of the 32 sortable bits, then by the lower 16 in the cell that holds
    the rank.
    """
    b = sortable_bits(scores, 32).astype(np.uint64)
    n = len(b)
    k = math.ceil((n + 1) * (1 - alpha) - 1e-9)
    if k > n:
        return dict(rank=k, cell=-1, below=n, quantile=float("inf"))
    upper = (b >> np.uint64(16)).astype(int)
    h = np.bincount(upper, minlength=65536)
    c = int(np.searchsorted(np.cumsum(h), k))
    below = int(h[:c].sum())
    lower = (b[upper == c] & np.uint64(0xFFFF)).astype(int)
    j = int(np.searchsorted(np.cumsum(np.bincount(lower, minlength=65536)), k - below))
    return dict(rank=k, cell=c, below=below, quantile=from_sortable((c << 16) | j))


@registered
def quantile_of_many(n, alpha):
    """The order statistic of n scores with ties, by a formula that is exact in float32: every
    seventh is 0.5, the others multiples of 2^-20 in [-0.25, 0.75).
    """
    i = np.arange(n, dtype=np.uint64)
    s = ((i * np.uint64(2654435761) % np.uint64(1 << 32)) >> np.uint64(12)) / 2**20 - 0.25
    s = np.where(i % np.uint64(7) == 0, 0.5, s).astype(np.float32)
    k = math.ceil((n + 1) * (1 - alpha) - 1e-9)
    return float(np.partition(s, k - 1)[k - 1])
