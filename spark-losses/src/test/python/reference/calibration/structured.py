"""Vector and matrix scaling with ridges towards the identity, after a temperature."""

from collections.abc import Callable
from typing import Any

import numpy as np

from .arrays import drop_unweighted, floats, log_softmax, onehot, softmax, weights
from .floors import mix
from .quadratic import newton
from .registry import registered
from .scaling import affine_curvature
from .temperature import inverse_temperature, log_probs

Derivatives = Callable[[np.ndarray], tuple[float, np.ndarray, np.ndarray]]


def ridges(K: int, W: float, full: bool, lambdas: tuple[float, float, float]) -> np.ndarray:
    """What the square of each parameter costs: K/W lambda of an intercept and of a diagonal entry,
    K(K-1)/W lambda of any other.
    """
    intercept, diagonal, off_diagonal = lambdas
    if full:
        one = np.eye(K)
        scales = off_diagonal * K * (K - 1) / W * (1 - one) + diagonal * K / W * one
    else:
        scales = np.full(K, diagonal * K / W)
    return np.concatenate([scales.ravel(), np.full(K, intercept * K / W)])


def split(theta: np.ndarray, K: int, full: bool) -> tuple[np.ndarray, np.ndarray]:
    """What is added to the identity, as a matrix, and the intercepts."""
    scales, b = theta[:-K], theta[-K:]
    return (scales.reshape(K, K) if full else np.diag(scales)), b


def penalised(
    L: np.ndarray, y: np.ndarray, w: np.ndarray, full: bool, ridge: np.ndarray
) -> Derivatives:
    """Mean log loss of softmax((I + D) l + b) plus the ridges, its gradient and its Hessian, of
    (D row by row or its diagonal, b).
    """
    n, K = L.shape
    ww = w / w.sum()
    Y = onehot(y, K)

    def derivatives(theta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        D, b = split(theta, K, full)
        lp = log_softmax(L + L @ D.T + b)
        p = np.exp(lp)
        G = (p - Y) * ww[:, None]
        gD = G.T @ L
        loss = -(ww * lp[np.arange(n), y]).sum()
        gradient = np.concatenate([gD.ravel() if full else np.diag(gD), G.sum(0)])
        dd, db, bb = affine_curvature(p, L, ww, "full" if full else "diag")
        return (
            float(loss + (ridge * theta**2).sum()),
            gradient + 2 * ridge * theta,
            np.block([[dd, db], [db.T, bb]]) + np.diag(2 * ridge),
        )

    return derivatives


def excess_bound(gradient: np.ndarray, ridge: np.ndarray) -> float:
    """How far the objective is above its minimum at most: it is strongly convex by the ridges."""
    return float((gradient * gradient).sum() / (4 * ridge.min()))


def structured_scaling(
    P: Any,
    logits: Any,
    y: Any,
    w: Any,
    query: Any,
    full: bool,
    lambdas: tuple[float, float, float],
) -> dict[str, Any]:
    """softmax((I + D) l + b), l the logarithm of what the temperature with its floor gives."""
    L, y = log_probs(P, logits), np.asarray(y, int)
    w, L, y = drop_unweighted(weights(w, len(y)), L, y)
    if not len(y):
        raise ValueError("no row of positive weight")
    K, W = L.shape[1], w.sum()
    beta, status = inverse_temperature(L, y, w)

    def tempered(rows: np.ndarray) -> np.ndarray:
        return np.log(mix(softmax(beta * rows), w))

    ridge = ridges(K, W, full, lambdas)
    theta, objective, gradient = newton(
        penalised(tempered(L), y, w, full, ridge), np.zeros(len(ridge))
    )
    D, b = split(theta, K, full)
    A = np.eye(K) + D

    def calibrated(rows: np.ndarray) -> np.ndarray:
        return softmax(tempered(rows) @ A.T + b)

    out = dict(
        beta=beta,
        epsilon=float(1 / (W + 1)),
        bias=b,
        objective=objective,
        loss=float(-(w * np.log(calibrated(L)[np.arange(len(y)), y])).sum() / W),
        excess_bound=excess_bound(gradient, ridge),
        status=status,
    )
    out |= dict(matrix=A) if full else dict(scale=np.diag(A))
    if query is not None:
        out["predict"] = calibrated(log_probs(query))
    return out


@registered
def structured_vector_scaling(
    P: Any = None,
    logits: Any = None,
    y: Any = None,
    w: Any = None,
    query: Any = None,
    lambda_intercept: float = 1.0,
    lambda_diagonal: float = 1.0,
) -> dict[str, Any]:
    """structured_scaling with a diagonal D."""
    lambdas = (lambda_intercept, lambda_diagonal, 1.0)
    return structured_scaling(P, logits, y, w, query, False, lambdas)


@registered
def structured_matrix_scaling(
    P: Any = None,
    logits: Any = None,
    y: Any = None,
    w: Any = None,
    query: Any = None,
    lambda_intercept: float = 1.0,
    lambda_diagonal: float = 1.0,
    lambda_off_diagonal: float = 1.0,
) -> dict[str, Any]:
    """structured_scaling with any D."""
    lambdas = (lambda_intercept, lambda_diagonal, lambda_off_diagonal)
    return structured_scaling(P, logits, y, w, query, True, lambdas)


@registered
def structured_scaling_pass(
    L: Any, y: Any, theta: Any, full: bool = True, w: Any = None
) -> dict[str, Any]:
    """What one pass over rows l gives at theta, with lambdas of 1."""
    L, y = floats(L), np.asarray(y, int)
    w, L, y = drop_unweighted(weights(w, len(y)), L, y)
    ridge = ridges(L.shape[1], w.sum(), full, (1.0, 1.0, 1.0))
    objective, gradient, _ = penalised(L, y, w, full, ridge)(floats(theta))
    bound = excess_bound(gradient, ridge)
    return dict(objective=objective, gradient=gradient, excess_bound=bound)
