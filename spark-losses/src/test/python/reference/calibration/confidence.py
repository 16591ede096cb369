"""Scores of confidence and uncertainty of a row."""

import math

import numpy as np
from scipy import special

from .arrays import floats, softmax
from .registry import registered


@registered
def confidence_scores(logits, temperature=1.0):
    """Higher = more in-distribution / more certain."""
    z = floats(logits)
    P = softmax(z)
    s = np.sort(P, 1)[:, ::-1]
    zs = np.sort(z, 1)[:, ::-1]
    H = -special.xlogy(P, P).sum(1)
    T = temperature
    return dict(
        msp=s[:, 0],
        max_logit=zs[:, 0],
        neg_entropy=-H,
        energy=T * special.logsumexp(z / T, axis=1),
        margin=s[:, 0] - s[:, 1],
        logit_margin=zs[:, 0] - zs[:, 1],
        doctor=(P**2).sum(1),
    )


@registered
def mahalanobis_score(X, mean, cov):
    """-min_k (x-mu_k)' S^-1 (x-mu_k), S the pooled within-class covariance (divided by n)."""
    X, mean = floats(X), floats(mean)
    L = np.linalg.cholesky(floats(cov))
    d = [(np.linalg.solve(L, (X - m).T) ** 2).sum(0) for m in mean]
    return -np.min(np.array(d), axis=0)


@registered
def gaussian_fit(X, y, K):
    X, y = floats(X), np.asarray(y, int)
    mu = np.array([X[y == k].mean(0) for k in range(K)])
    R = X - mu[y]
    return mu, R.T @ R / len(X)


@registered
def uncertainty(P):
    P = floats(P)
    s = np.sort(P, 1)[:, ::-1]
    H = -special.xlogy(P, P).sum(1)
    return dict(
        entropy=H,
        normalized_entropy=H / math.log(P.shape[1]),
        least_confidence=1 - s[:, 0],
        margin=s[:, 0] - s[:, 1],
        ratio=s[:, 1] / s[:, 0],
        gini_impurity=1 - (P**2).sum(1),
    )


@registered
def ensemble_uncertainty(E):
    """E[member, row, class]: total = H(mean), aleatoric = mean H, mutual_information (BALD) =
    difference, epkl = mean pairwise KL, variation_ratio = 1 - share of modal vote, disagreement
    = share of ordered member pairs voting differently.
    """
    E = floats(E)
    M = len(E)
    m = E.mean(0)
    H = -special.xlogy(m, m).sum(1)
    A = (-special.xlogy(E, E).sum(2)).mean(0)
    lE = np.log(np.clip(E, 1e-300, None))
    cross = -np.einsum("mnk,lnk->n", E, lE) / M**2
    v = E.argmax(2)
    cnt = np.array([np.bincount(v[:, i], minlength=E.shape[2]) for i in range(E.shape[1])])
    return dict(
        total=H,
        aleatoric=A,
        mutual_information=H - A,
        epkl=cross - A,
        variation_ratio=1 - cnt.max(1) / M,
        disagreement=1 - ((cnt * (cnt - 1)).sum(1) / (M * (M - 1))) if M > 1 else np.zeros(len(m)),
    )
