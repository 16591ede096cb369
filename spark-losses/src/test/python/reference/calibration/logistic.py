"""Logistic regression by iteratively reweighted least squares."""

import numpy as np

from .arrays import sigmoid


def irls(X, y, w, offset=None, ridge=0.0, it=200):
    b = np.zeros(X.shape[1])
    off = 0.0 if offset is None else offset
    for _ in range(it):
        mu = sigmoid(X @ b + off)
        g = X.T @ (w * (mu - y)) + ridge * b
        H = X.T @ (X * (w * mu * (1 - mu))[:, None]) + ridge * np.eye(len(b))
        try:
            d = np.linalg.solve(H, g)
        except np.linalg.LinAlgError:
            return np.full(len(b), np.nan), H
        b = b - d
        if np.abs(d).max() < 1e-13 * (1 + np.abs(b).max()):
            break
    mu = sigmoid(X @ b + off)
    H = X.T @ (X * (w * mu * (1 - mu))[:, None]) + ridge * np.eye(len(b))
    return b, H
