"""Discrimination from the predicted class."""

import math

import numpy as np

from .arrays import floats, top1, weights
from .registry import registered


@registered
def confusion_matrix(P, y, w=None):
    P = floats(P)
    K = P.shape[1]
    w = weights(w, len(P))
    C = np.zeros((K, K))
    np.add.at(C, (np.asarray(y, int), top1(P)[1]), w)
    return C


@registered
def top_k_accuracy(P, y, k=2, w=None):
    """rank(y) = #{j: p_j > p_y} + #{j < y: p_j == p_y} < k."""
    P = floats(P)
    y = np.asarray(y, int)
    w = weights(w, len(P))
    py = P[np.arange(len(P)), y][:, None]
    r = (P > py).sum(1) + ((P == py) & (np.arange(P.shape[1])[None] < y[:, None])).sum(1)
    return float((w * (r < k)).sum() / w.sum())


def quotient(a, b):
    a, b = floats(a), floats(b)
    return np.where(b > 0, a / np.where(b > 0, b, 1), 0.0)


@registered
def classification_report(P, y, w=None, beta=1.0):
    """From the confusion matrix; 0/0 = 0; macro and weighted over classes with tp+fp+fn > 0;
    balanced accuracy over classes present in y.
    """
    C = confusion_matrix(P, y, w)
    tp = np.diag(C)
    sup, pred = C.sum(1), C.sum(0)
    seen = (sup + pred) > 0
    pr, rc = quotient(tp, pred), quotient(tp, sup)
    b2 = beta * beta
    f = quotient((1 + b2) * tp, b2 * sup + pred)
    N = C.sum()
    out = dict(accuracy=tp.sum() / N, balanced_accuracy=float(rc[sup > 0].mean()))
    for nm, v in (("precision", pr), ("recall", rc), ("fbeta", f)):
        out[nm + "_macro"] = float(v[seen].mean())
        out[nm + "_weighted"] = float((v * sup).sum() / N)
        out[nm + "_micro"] = float(tp.sum() / N)
    c, s = tp.sum(), N
    cov = c * s - (sup * pred).sum()
    d = (s * s - (pred**2).sum()) * (s * s - (sup**2).sum())
    out["mcc"] = float(cov / math.sqrt(d)) if d > 0 else 0.0
    K = len(tp)
    for nm, M in (
        ("kappa", 1.0 - np.eye(K)),
        ("kappa_linear", np.abs(np.subtract.outer(np.arange(K), np.arange(K))) * 1.0),
        ("kappa_quadratic", np.subtract.outer(np.arange(K), np.arange(K)) ** 2.0),
    ):
        e = (M * np.outer(sup, pred)).sum() / N
        out[nm] = float(1 - (M * C).sum() / e) if e > 0 else float("nan")
    return {k: float(v) for k, v in out.items()}
