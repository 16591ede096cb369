"""Proper scores and losses, as means over the rows."""

import numpy as np

from .arrays import EPS, conf_correct, floats, log_softmax, onehot, softmax, weights
from .registry import registered


def nll_rows(logits=None, P=None, y=None):
    i = np.arange(len(y))
    y = np.asarray(y, int)
    if logits is not None:
        return -log_softmax(logits)[i, y]
    return -np.log(np.clip(floats(P)[i, y], EPS, 1 - EPS))


@registered
def log_loss_logits(logits, y, w=None):
    w = weights(w, len(y))
    return float((w * nll_rows(logits=logits, y=y)).sum() / w.sum())


@registered
def log_loss_probs(P, y, w=None):
    w = weights(w, len(y))
    return float((w * nll_rows(P=P, y=y)).sum() / w.sum())


@registered
def binary_log_loss_logit(z, y, w=None):
    z, y = floats(z), floats(y)
    w = weights(w, len(z))
    loss = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return float((w * loss).sum() / w.sum())


@registered
def brier_binary(p, y, w=None):
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    return float((w * (p - y) ** 2).sum() / w.sum())


@registered
def brier_multiclass(P, y, w=None, reduction="sum"):
    P = floats(P)
    w = weights(w, len(P))
    s = ((P - onehot(y, P.shape[1])) ** 2).sum(1)
    v = float((w * s).sum() / w.sum())
    return v if reduction == "sum" else v / P.shape[1] if reduction == "mean" else v / 2


@registered
def top_label_brier(P, y, w=None):
    c, r = conf_correct(P, y)
    return brier_binary(c, r, w)


@registered
def spherical_score(P, y, w=None):
    """mean of p_y / ||p||_2, higher is better; the loss is 1 minus it."""
    P = floats(P)
    w = weights(w, len(P))
    s = P[np.arange(len(P)), np.asarray(y, int)] / np.sqrt((P**2).sum(1))
    return float((w * s).sum() / w.sum())


@registered
def rps(P, y, w=None, normalized=False):
    P = floats(P)
    K = P.shape[1]
    w = weights(w, len(P))
    s = ((np.cumsum(P, 1) - np.cumsum(onehot(y, K), 1))[:, :-1] ** 2).sum(1)
    v = float((w * s).sum() / w.sum())
    return v / (K - 1) if normalized else v


@registered
def crps_discrete(P, y, values, w=None):
    """CRPS of a discrete law on increasing values: sum_k (F_k - O_k)^2 (v_{k+1}-v_k)."""
    P, v = floats(P), floats(values)
    w = weights(w, len(P))
    s = ((np.cumsum(P, 1) - np.cumsum(onehot(y, P.shape[1]), 1))[:, :-1] ** 2) @ np.diff(v)
    return float((w * s).sum() / w.sum())


@registered
def focal_loss(logits, y, gamma=2.0, w=None):
    w = weights(w, len(y))
    lp = -nll_rows(logits=logits, y=y)
    return float((w * -((1 - np.exp(lp)) ** gamma) * lp).sum() / w.sum())


@registered
def dual_focal_loss(logits, y, gamma=5.0, w=None):
    """-(1 - p_y + p_j)^gamma log p_y, p_j = largest p_k strictly below p_y (0 when none)."""
    w = weights(w, len(y))
    P = softmax(logits)
    py = P[np.arange(len(P)), np.asarray(y, int)]
    pj = np.where(P < py[:, None], P, 0.0).max(1)
    return float((w * -((1 - py + pj) ** gamma) * -nll_rows(logits=logits, y=y)).sum() / w.sum())


@registered
def excess_confidence(logits, y, w=None):
    """Relative cross-entropy of Muttenthaler et al.: mean( -log p_y - H(p) ); 0 in expectation when
    calibrated, > 0 overconfident.
    """
    w = weights(w, len(y))
    lp = log_softmax(logits)
    H = -(np.exp(lp) * lp).sum(1)
    return float((w * (nll_rows(logits=logits, y=y) - H)).sum() / w.sum())


@registered
def ca_loss(P, y, w=None, balanced=False):
    """Correctness-aware loss: mean (1[argmax = y] - max p)^2 (the top-label Brier score). balanced
    (the released code): half the mean over correct rows plus half the mean over wrong rows; when
    one kind is absent, the mean over the other.
    """
    c, r = conf_correct(P, y)
    w = weights(w, len(c))
    if not balanced:
        return top_label_brier(P, y, w)
    loss = (r - c) ** 2
    parts = [(w * loss)[m].sum() / w[m].sum() for m in (r > 0.5, r < 0.5) if w[m].sum() > 0]
    return float(np.mean(parts))
