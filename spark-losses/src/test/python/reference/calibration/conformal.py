"""Conformal prediction."""

import math

import numpy as np

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
