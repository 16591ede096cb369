"""Probabilities of a model that is used where classes are otherwise distributed."""

import math

import numpy as np
from scipy import optimize, special

from .arrays import drop_unweighted, floats, weights
from .quadratic import LOG_TINY
from .registry import registered


@registered
def prior_correction_binary(p, prior_train, prior_true):
    """odds' = odds (r'/(1-r')) / (r/(1-r)); 0 and 1 stay."""
    p = floats(p)
    if not (0 < prior_train < 1 and 0 <= prior_true <= 1):
        raise ValueError("prior_train must lie inside (0, 1), prior_true in [0, 1]")
    a, b = p * prior_true / prior_train, (1 - p) * (1 - prior_true) / (1 - prior_train)
    with np.errstate(invalid="ignore"):
        return np.where((p == 0) | (p == 1), p, a / (a + b))


@registered
def prior_correction(P, prior_train, prior_true):
    """p_k pi'_k/pi_k, divided by the sum; a class of train prior 0 with true prior > 0 is an error;
    a row of sum 0 gives NaN.
    """
    a, b = floats(prior_train), floats(prior_true)
    if (a < 0).any() or (b < 0).any() or ((a == 0) & (b > 0)).any():
        raise ValueError("a class with training prior 0 cannot be given weight")
    a, b = a / a.sum(), b / b.sum()
    R = floats(P) * np.where(b > 0, b / np.where(a > 0, a, 1), 0.0)
    with np.errstate(invalid="ignore"):
        return R / R.sum(1, keepdims=True)


@registered
def undersampling_correction(p, keep_rate):
    """Negatives kept with rate s: p' = s p / (s p + 1 - p)."""
    p = floats(p)
    return keep_rate * p / (keep_rate * p + 1 - p)


@registered
def logit_offset(z, target, w=None):
    """d with mean_w sigmoid(z + d) = target, 0 < target < 1; NaN without rows."""
    if not 0 < target < 1:
        raise ValueError("target must lie inside (0, 1)")
    z = np.clip(floats(z), LOG_TINY, -LOG_TINY)
    w, z = drop_unweighted(weights(w, len(z)), z)
    if not len(z):
        return math.nan

    def excess(d):
        return float((w * special.expit(z + d)).sum() / w.sum()) - target

    t = math.log(target / (1 - target))
    d = optimize.brentq(
        excess, t - z.max() - 1e-9, t - z.min() + 1e-9, xtol=1e-14, rtol=9e-16, maxiter=500
    )
    q = special.expit(z + d)
    return float(d - excess(d) / ((w * q * (1 - q)).sum() / w.sum()))
