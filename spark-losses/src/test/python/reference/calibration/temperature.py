"""The inverse temperature of least log loss: exactly, and by the passes of a search over rows."""

import math
from typing import Any

import numpy as np
from scipy import optimize

from .arrays import drop_unweighted, floats, log_softmax, weights
from .quadratic import LOG_TINY
from .registry import registered

OK, SEPARABLE, NO_BETTER_THAN_UNIFORM, CONSTANT = range(4)

# The least and the largest inverse temperature.
LOW, HIGH = math.exp(-16), math.exp(16)


def log_probs(P: Any = None, logits: Any = None) -> np.ndarray:
    """log p, at least log(2^-126)."""
    with np.errstate(divide="ignore"):
        return np.maximum(np.log(floats(P)) if logits is None else log_softmax(logits), LOG_TINY)


@registered
def temperature_moments(logits: Any, y: Any, beta: float, w: Any = None) -> dict[str, float]:
    """Mean log loss of softmax(beta z) and its derivatives in beta, which are those of logsumexp:
    the cumulants of z, the first less z of the label.
    """
    z, y = floats(logits), np.asarray(y, int)
    w, z, y = drop_unweighted(weights(w, len(y)), z, y)
    z = z - z.max(1, keepdims=True)
    own = z[np.arange(len(y)), y]
    e = np.exp(beta * z)
    total = e.sum(1)
    p = e / total[:, None]
    first = (p * z).sum(1)
    centred = z - first[:, None]
    second, third, fourth = ((p * centred**order).sum(1) for order in (2, 3, 4))

    def mean(v: np.ndarray) -> float:
        return float((w * v).sum() / w.sum())

    return dict(
        loss=mean(np.log(total) - beta * own),
        d1=mean(first - own),
        d2=mean(second),
        d3=mean(third),
        d4=mean(fourth - 3 * second**2),
    )


def without_minimum(z: np.ndarray, y: np.ndarray, w: np.ndarray) -> tuple[float, int] | None:
    """Beta and status where no finite beta above 0 is the minimiser, or any is."""
    z = z - z.max(1, keepdims=True)
    own = z[np.arange(len(y)), y]
    gain = own - z.mean(1)
    if (z == 0).all():
        return 1.0, CONSTANT
    if (own == 0).all():
        return HIGH, SEPARABLE
    if (w * gain).sum() <= 1e-12 * (w * np.abs(gain)).sum():  # the slope at 0, up to rounding
        return LOW, NO_BETTER_THAN_UNIFORM
    return None


def inverse_temperature(z: np.ndarray, y: np.ndarray, w: np.ndarray) -> tuple[float, int]:
    """Minimiser in [e^-16, e^16] by bisection of the slope, polished by Newton, and its status: 0
    ok, 1 every label has its row's largest logit (e^16), 2 not better than uniform (e^-16), 3
    constant rows (1).
    """
    if (end := without_minimum(z, y, w)) is not None:
        return end

    def slope(log_beta: float) -> float:
        return temperature_moments(z, y, math.exp(log_beta), w)["d1"]

    if slope(16) <= 0:
        return HIGH, SEPARABLE
    if slope(-16) >= 0:
        return LOW, NO_BETTER_THAN_UNIFORM
    root = optimize.brentq(slope, -16, 16, xtol=1e-15, rtol=9e-16, maxiter=500)
    beta = math.exp(root)
    for _ in range(3):
        m = temperature_moments(z, y, beta, w)
        if m["d2"] <= 0 or not LOW < beta - m["d1"] / m["d2"] < HIGH:
            break
        beta -= m["d1"] / m["d2"]
    return beta, OK


def model_steps(m: dict[str, float]) -> list[float]:
    """Steps to the zero of the slope, the best first: of its cubic model, Halley's, Newton's. None
    is more than four of Newton's.
    """
    d1, d2, d3 = m["d1"], m["d2"], m["d3"]
    roots = np.roots([m["d4"] / 6, d3 / 2, d2, d1])
    real = [float(root.real) for root in roots if abs(root.imag) <= 1e-12 * abs(root)]
    halley = 2 * d2**2 - d1 * d3
    steps = [min(real, key=abs)] if real else []
    steps += [-2 * d1 * d2 / halley] if halley > 0 else []
    steps += [-d1 / d2]
    return [step for step in steps if abs(step) <= 4 * abs(d1 / d2)]


@registered
def temperature_scheme(
    logits: Any, y: Any, start: float = 1.0, w: Any = None, max_passes: int = 60
) -> dict[str, float]:
    """The minimiser by passes over the rows, each the moments at one beta, whose slope narrows a
    bracket. Next is the first step of the model that stays inside; the geometric middle of the
    bracket if there is none or the slope did not halve since the last such step. Ends with a Newton
    step of at most 1e-12 beta. A first pass tells rows that have no minimum.
    """
    z, y = floats(logits), np.asarray(y, int)
    w, z, y = drop_unweighted(weights(w, len(y)), z, y)
    if (end := without_minimum(z, y, w)) is not None:
        return dict(beta=end[0], passes=1, status=end[1])
    low, high, beta, passes = LOW, HIGH, float(start), 0
    slope_before = math.inf
    while passes < max_passes:
        m = temperature_moments(z, y, beta, w)
        passes += 1
        slope = abs(m["d1"])
        if m["d1"] > 0:
            high = beta
        else:
            low = beta
        if slope <= 1e-12 * beta * m["d2"]:
            beta -= m["d1"] / m["d2"] if m["d2"] > 0 else 0.0
            break
        modelled = m["d2"] > 0 and slope <= slope_before / 2
        steps = [s for s in model_steps(m) if low < beta + s < high] if modelled else []
        slope_before = slope if steps else math.inf
        beta = beta + steps[0] if steps else math.sqrt(low * high)
    return dict(beta=beta, passes=passes, status=OK)
