"""Calibration by a polynomial of the logit, and what a fit does where rows determine little."""

import math

import numpy as np
from scipy import special

from .arrays import drop_unweighted, floats, weights
from .registry import registered

# The logarithm of the least probability, that of the least normal float.
LOG_TINY = math.log(2.0**-126)

OK, SEPARABLE, ONE_CLASS, ONE_SCORE, TWO_SCORES, NO_ROW = range(6)


def newton(derivatives, t, steps=200, tolerance=1e-15):
    """Damped Newton on a strictly convex function until the step no longer changes anything;
    derivatives(t) -> value, gradient, Hessian.
    """
    f, g, H = derivatives(t)
    for _ in range(steps):
        try:
            d = np.linalg.solve(H, g)
        except np.linalg.LinAlgError:
            d = np.linalg.lstsq(H, g, rcond=None)[0]
        a = 1.0
        while True:
            f2, g2, H2 = derivatives(t - a * d)
            if f2 <= f + 1e-15 * abs(f) or a < 1e-8:
                break
            a /= 2
        if a < 1e-8:
            break
        t, f, g, H = t - a * d, f2, g2, H2
        if np.abs(a * d).max() <= tolerance * (1 + np.abs(t).max()):
            break
    return t, f, g


def logistic(X, target, w):
    """Minimiser of mean_w softplus(t) - target t, t = X theta, and the minimum; columns are
    orthonormalised first so that the Hessian is well conditioned.
    """
    ww = w / w.sum()
    R = np.asarray(np.linalg.qr(X * np.sqrt(ww)[:, None], mode="r"))
    Q = np.linalg.solve(R.T, X.T).T

    def derivatives(theta):
        t = Q @ theta
        p = special.expit(t)
        return (
            float((ww * (np.logaddexp(0, t) - target * t)).sum()),
            Q.T @ (ww * (p - target)),
            (Q * (ww * p * (1 - p))[:, None]).T @ Q,
        )

    theta, f, _ = newton(derivatives, np.zeros(X.shape[1]))
    return np.linalg.solve(R, theta), f


def platt_targets(y, w):
    """(n1 + 1) / (n1 + 2) of class 1 and 1 / (n0 + 2) of class 0."""
    n1, n0 = float((w * y).sum()), float((w * (1 - y)).sum())
    return np.where(y > 0.5, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))


def separable(z, y, degree):
    """True when a polynomial of the degree separates the classes weakly. Degree 1: a threshold,
    touching allowed; degree 2: one class has no row of the other strictly between its least and
    greatest score. To be asked of more distinct scores than the degree.
    """
    a, b = z[y > 0.5], z[y <= 0.5]
    if degree == 1:
        return bool(a.min() >= b.max() or b.min() >= a.max())
    return bool(
        not ((b > a.min()) & (b < a.max())).any() or not ((a > b.min()) & (a < b.max())).any()
    )


@registered
def quadratic_scaling(z, y, w=None, query=None, degree=2):
    """p = sigmoid(a + b z + c z^2), maximum likelihood without penalty; degree 1: c = 0."""
    z, y = np.clip(floats(z), LOG_TINY, -LOG_TINY), floats(y)
    w, z, y = drop_unweighted(weights(w, len(z)), z, y)
    nan, inf = math.nan, math.inf
    out = dict(a=nan, b=nan, c=nan, loss=nan)
    out |= dict(increasing_from=nan, increasing_to=nan, share_outside=nan, status=NO_ROW)
    if len(z):
        n1, n0 = float((w * y).sum()), float((w * (1 - y)).sum())
        distinct = len(np.unique(z))
        theta = np.zeros(3)
        if n1 == 0 or n0 == 0:
            status, theta[0] = ONE_CLASS, math.log((n1 + 1) / (n0 + 1))
        elif distinct == 1:
            status, theta[0] = ONE_SCORE, math.log(n1 / n0)
        else:
            used = min(degree, distinct - 1)
            status = SEPARABLE if separable(z, y, used) else TWO_SCORES if used < degree else OK
            X = np.stack([z**i for i in range(used + 1)], 1)
            target = platt_targets(y, w) if status == SEPARABLE else y
            theta[: used + 1] = logistic(X, target, w)[0]
        a, b, c = theta
        t = a + b * z + c * z * z
        if c == 0:
            low, high = (-inf, inf) if b > 0 else (nan, nan)
        else:
            vertex = -b / (2 * c)
            low, high = (vertex, inf) if c > 0 else (-inf, vertex)
        inside = (z >= low) & (z <= high)
        out |= dict(a=a, b=b, c=c, loss=float((w * (np.logaddexp(0, t) - y * t)).sum() / w.sum()))
        out |= dict(increasing_from=low, increasing_to=high, status=status)
        out["share_outside"] = float(1 - (w * inside).sum() / w.sum())
    if query is not None:
        q = np.clip(floats(query), LOG_TINY, -LOG_TINY)
        out["predict"] = special.expit(out["a"] + out["b"] * q + out["c"] * q * q)
    return out
