"""Losses of a margin."""

from mpmath import mp

from .arithmetic import check_label, num, require
from .definition import Scalar, Vector, classification


@classification
def crammer_singer_loss(logits: Vector, label: int, margin: float = 1.0) -> Scalar:
    """formula: max(0, margin + max_{j!=y} z_j - z_y)
    range: [0,inf)
    edges: one class -> 0
    source: Crammer & Singer 2001; LDR loss.py CSLoss; sklearn.metrics.hinge_loss (multiclass)
    """
    z = num(logits)
    check_label(label, len(z))
    return max([mp.mpf(0)] + [num(margin) + v - z[label] for j, v in enumerate(z) if j != label])


@classification
def weston_watkins_loss(logits: Vector, label: int, margin: float = 1.0, p: int = 1) -> Scalar:
    """formula: sum_{j!=y} max(0, margin + z_j - z_y)^p
    range: [0,inf)
    edges: one class -> 0
    source: Weston & Watkins 1999; torch multi_margin_loss and LDR WWLoss are this divided by C
    note: sum here; divide by C to match torch.nn.functional.multi_margin_loss
    """
    z = num(logits)
    check_label(label, len(z))
    return mp.fsum(
        max(mp.mpf(0), num(margin) + v - z[label]) ** p for j, v in enumerate(z) if j != label
    )


@classification
def one_vs_all_hinge_loss(
    logits: Vector, label: int, margin: float = 1.0, squared: bool = False
) -> Scalar:
    """formula: sum_j h_j, h_j = max(0, margin - s_j z_j) (squared: h_j^2), s_y = +1, s_j = -1
    range: [0,inf)
    edges: one class -> its positive hinge
    source: L2-SVM head (squared=true): Tang 2013 arXiv 1306.0239; Agarap GRU-SVM arXiv 1709.03082,
      CNN-SVM arXiv 1712.03541
    note: Agarap's code takes the mean over batch and classes plus 0.5||w||^2: divide by C; the
      weight penalty is not a per-example value
    """
    z = num(logits)
    check_label(label, len(z))
    r = []
    for j, v in enumerate(z):
        h = max(mp.mpf(0), num(margin) - (v if j == label else -v))
        r.append(h * h if squared else h)
    return mp.fsum(r)


@classification
def binary_hinge_loss(
    logit: float, label: int, margin: float = 1.0, squared: bool = False
) -> Scalar:
    """formula: h = max(0, margin - s*z), s = +1 for label 1, -1 for label 0; squared: h^2
    range: [0,inf)
    edges: label other than 0, 1 -> error
    source: Cortes & Vapnik 1995; torchmetrics BinaryHingeLoss
    """
    require(label in (0, 1), "label must be 0 or 1")
    h = max(mp.mpf(0), num(margin) - (num(logit) if label else -num(logit)))
    return h * h if squared else h


@classification
def binary_exponential_loss(logit: float, label: int) -> Scalar:
    """formula: exp(-s*z), s = +1 for label 1, -1 for label 0
    range: [0,inf]
    edges: overflow -> +inf; label other than 0, 1 -> error
    source: AdaBoost loss; statmlben/ensLoss losses.py EXP
    """
    require(label in (0, 1), "label must be 0 or 1")
    return mp.exp(-num(logit) if label else num(logit))
