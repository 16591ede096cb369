"""What every definition needs: arrays of float64, weights, softmax, groups of equal scores."""

import numpy as np
from scipy import special

EPS = 2.0**-52


def floats(x):
    """An array of float64."""
    return np.asarray(x, dtype=np.float64)


def weights(w, n):
    """The weights, or a 1 for each row."""
    return np.ones(n) if w is None else floats(w)


def drop_unweighted(w, *arrs):
    """What is left without the rows of weight 0, which do not exist."""
    k = w > 0
    return (w[k],) + tuple(a[k] for a in arrs)


def log_softmax(z):
    z = floats(z)
    m = z.max(axis=1, keepdims=True)
    s = z - m
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))


def softmax(z):
    return np.exp(log_softmax(z))


def sigmoid(t):
    return special.expit(floats(t))


def onehot(y, K):
    """A row of zeros with a 1 at its label."""
    o = np.zeros((len(y), K))
    o[np.arange(len(y)), np.asarray(y, int)] = 1.0
    return o


def top1(P):
    """(confidence, predicted class), ties -> lowest class index."""
    P = floats(P)
    return P.max(axis=1), P.argmax(axis=1)


def conf_correct(P, y):
    """The largest probability of each row, and whether its class is the label."""
    c, k = top1(P)
    return c, (k == np.asarray(y)).astype(float)


def tie_groups(score, *vals):
    """Ascending distinct scores and, for each val array, its sum within each tie group."""
    u, inv = np.unique(floats(score), return_inverse=True)
    return (u,) + tuple(np.bincount(inv, weights=floats(v), minlength=len(u)) for v in vals)
