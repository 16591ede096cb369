"""Discrimination from the order of the scores."""

import numpy as np
from scipy import special

from .arrays import drop_unweighted, floats, onehot, tie_groups, weights
from .registry import registered


def roc_points(s, y, w=None):
    """Descending distinct thresholds -> cumulative (fp, tp), starting at (0, 0)."""
    s, y = floats(s), floats(y)
    w = weights(w, len(s))
    w, s, y = drop_unweighted(w, s, y)
    u, pos, neg = tie_groups(s, w * y, w * (1 - y))
    return (
        np.concatenate([[0], np.cumsum(neg[::-1])]),
        np.concatenate([[0], np.cumsum(pos[::-1])]),
        u[::-1],
    )


def trapezoid(y, x):
    return float(((y[1:] + y[:-1]) / 2 * np.diff(x)).sum())


@registered
def roc_auc(s, y, w=None, max_fpr=None, standardized=True):
    """NaN when a class is absent. max_fpr: partial area on [0, max_fpr] with linear interpolation;
    McClish standardised.
    """
    fp, tp, _ = roc_points(s, y, w)
    if fp[-1] <= 0 or tp[-1] <= 0:
        return float("nan")
    f, t = fp / fp[-1], tp / tp[-1]
    if max_fpr is None or max_fpr == 1:
        return trapezoid(t, f)
    stop = np.searchsorted(f, max_fpr, side="right")
    tx = (
        t[stop - 1]
        if f[stop - 1] == max_fpr or stop == len(f)
        else np.interp(max_fpr, f[stop - 1 : stop + 1], t[stop - 1 : stop + 1])
    )
    a = trapezoid(np.append(t[:stop], tx), np.append(f[:stop], max_fpr))
    if not standardized:
        return a
    lo, hi = 0.5 * max_fpr**2, max_fpr
    return 0.5 * (1 + (a - lo) / (hi - lo))


@registered
def gini(s, y, w=None):
    return 2 * roc_auc(s, y, w) - 1


@registered
def ks_statistic(s, y, w=None):
    fp, tp, _ = roc_points(s, y, w)
    return (
        float(np.abs(tp / tp[-1] - fp / fp[-1]).max())
        if fp[-1] > 0 and tp[-1] > 0
        else float("nan")
    )


@registered
def average_precision(s, y, w=None):
    fp, tp, _ = roc_points(s, y, w)
    if tp[-1] <= 0:
        return 0.0
    return float((np.diff(tp) / tp[-1] * (tp[1:] / (tp[1:] + fp[1:]))).sum())


@registered
def pr_auc_trapezoid(s, y, w=None):
    """Trapezoid through (recall, precision) points, with (0, 1) as start."""
    fp, tp, _ = roc_points(s, y, w)
    r = tp / tp[-1]
    p = np.concatenate([[1.0], tp[1:] / (tp[1:] + fp[1:])])
    return trapezoid(p, r)


@registered
def roc_auc_multiclass(P, y, w=None, multi_class="ovr", average="macro"):
    P = floats(P)
    K = P.shape[1]
    y = np.asarray(y, int)
    w = weights(w, len(P))
    if multi_class == "ovr":
        if average == "micro":
            return roc_auc(P.ravel(), onehot(y, K).ravel(), np.repeat(w, K))
        a = np.array([roc_auc(P[:, k], (y == k) * 1.0, w) for k in range(K)])
        pv = np.array([w[y == k].sum() for k in range(K)])
    else:
        areas, masses = [], []
        for i in range(K):
            for j in range(i + 1, K):
                m = (y == i) | (y == j)
                areas.append(
                    0.5
                    * (
                        roc_auc(P[m, i], (y[m] == i) * 1.0, w[m])
                        + roc_auc(P[m, j], (y[m] == j) * 1.0, w[m])
                    )
                )
                masses.append(w[m].sum())
        a, pv = np.array(areas), np.array(masses)
    ok = ~np.isnan(a)
    return float(a[ok].mean() if average == "macro" else (a[ok] * pv[ok]).sum() / pv[ok].sum())


@registered
def fpr_at_tpr(s, y, tpr=0.95, w=None):
    """Smallest FPR among operating points with TPR >= tpr (positives: high score)."""
    fp, tp, u = roc_points(s, y, w)
    k = int(np.argmax(tp / tp[-1] >= tpr - 1e-12))
    return float(fp[k] / fp[-1])


@registered
def detection_error(s, y, w=None, tpr=None):
    """min over thresholds of 0.5 (1-TPR) + 0.5 FPR; tpr given: at that of fpr_at_tpr (ODIN)."""
    fp, tp, _ = roc_points(s, y, w)
    e = 0.5 * (1 - tp / tp[-1]) + 0.5 * fp / fp[-1]
    return float(e.min() if tpr is None else e[int(np.argmax(tp / tp[-1] >= tpr - 1e-12))])


@registered
def lift(s, y, fraction=0.1, w=None):
    """Precision among the top fraction of weight over the base rate; a tie group crossing the cut
    enters pro rata.
    """
    s, y = floats(s), floats(y)
    w = weights(w, len(s))
    u, sw, swy = tie_groups(s, w, w * y)
    sw, swy = sw[::-1], swy[::-1]
    W = sw.sum()
    x = np.concatenate([[0], np.cumsum(sw)])
    g = np.concatenate([[0], np.cumsum(swy)])
    return float(np.interp(fraction * W, x, g) / (fraction * W) / (swy.sum() / W))


@registered
def binned_auc(s, y, n_bins=1024, w=None, lo=0.0, hi=1.0):
    """AUC from a fixed-width histogram, and the exact bound on its distance to the AUC: sum_b pos_b
    neg_b / (2 P N).
    """
    s, y = floats(s), floats(y)
    w = weights(w, len(s))
    i = np.clip(np.floor((s - lo) / (hi - lo) * n_bins).astype(int), 0, n_bins - 1)
    pos, neg = (
        np.bincount(i, weights=w * y, minlength=n_bins),
        np.bincount(i, weights=w * (1 - y), minlength=n_bins),
    )
    below = np.cumsum(neg) - neg
    A = float((pos * (below + neg / 2)).sum() / (pos.sum() * neg.sum()))
    return dict(auc=A, bound=float((pos * neg).sum() / (2 * pos.sum() * neg.sum())))


@registered
def binned_average_precision(s, y, n_bins=1024, w=None, lo=0.0, hi=1.0):
    """AP with each histogram cell as one tie group, and the interval that holds the AP of any order
    inside the cells: high = sum P_b T_b / (T_b + F_{b-1}) / P, low = sum (P_b - F_b ln((T_b +
    F_b) / (T_{b-1} + F_b))) / P, from the top cell down.
    """
    s, y = floats(s), floats(y)
    w = weights(w, len(s))
    i = np.clip(np.floor((s - lo) / (hi - lo) * n_bins).astype(int), 0, n_bins - 1)
    pos = np.bincount(i, weights=w * y, minlength=n_bins)[::-1]
    neg = np.bincount(i, weights=w * (1 - y), minlength=n_bins)[::-1]
    T, F = np.cumsum(pos), np.cumsum(neg)
    k = pos > 0
    P, T, F, T0, F0 = pos[k], T[k], F[k], (T - pos)[k], (F - neg)[k]
    tot = pos.sum()
    return dict(
        value=float((P * T / (T + F)).sum() / tot),
        low=float((P - special.xlogy(F, (T + F) / np.where(T0 + F > 0, T0 + F, 1))).sum() / tot),
        high=float((P * T / (T + F0)).sum() / tot),
    )
