"""Scoring rules other than the logarithmic one, and coverage of several draws."""

from mpmath import mp

from .arithmetic import (
    argmax,
    check_label,
    dot,
    exp,
    log,
    log_softmax_of,
    num,
    require,
    softmax_of,
    target_of,
    to_power,
)
from .definition import Label, Scalar, Vector, classification


@classification
def brier_loss(logits: Vector, target: Label) -> Scalar:
    """formula: sum_c (p_c - t_c)^2, softmax p
    range: [0,2]
    edges: one class -> 0
    source: Brier 1950; torrvision/focal_calibration Losses/brier_score.py; LDR loss.py MSELoss
    note: multiclass sum, not divided by C nor 2 (binary Brier = half of it)
    """
    p = softmax_of(num(logits))
    t = target_of(target, len(p))
    return mp.fsum((a - b) ** 2 for a, b in zip(p, t))


@classification
def spherical_score_loss(logits: Vector, target: Label) -> Scalar:
    """formula: 1 - <p,t>/||p||_2, softmax p
    range: [0,1]
    edges: one class -> 0
    source: Gneiting & Raftery 2007 (spherical scoring rule p_y/||p||), negated and shifted to be >=
      0
    """
    p = softmax_of(num(logits))
    t = target_of(target, len(p))
    return 1 - dot(p, t) / mp.sqrt(dot(p, p))


@classification
def correctness_aware_loss(logits: Vector, label: int, power: float = 2.0) -> Scalar:
    """formula: |max_c p_c - [argmax z == y]|^power, softmax p
    range: [0,1]
    edges: tie for the maximum: lowest index is the prediction; one class -> 0
    source: Liu et al. 2024 Optimizing Calibration by Gaining Aware of Prediction Correctness arXiv
      2404.13016
    note: code (loss_mse = MSE(conf_out, correctness)) has power 2, but logs it only and optimises
      CE. power=1 gives the absolute form
    """
    z = num(logits)
    check_label(label, len(z))
    p = softmax_of(z)
    i = argmax(z)
    return to_power(abs(p[i] - (1 if i == label else 0)), num(power))


@classification
def dco_loss(logits: Vector, label: int, n: int) -> Scalar:
    """formula: -log(1 - (1-p_y)^N), softmax p
    range: [0,inf)
    edges: N < 1 -> error; p_y = 0 -> +inf; N = 1 -> CE
    source: Chen, Raventos et al. 2025 arXiv 2502.07154 (Direct Coverage Optimization);
      allanraventos/refine refine/training/loss_functions.py
    note: code returns NLL times a detached factor f(p,N) (right gradient, different value); we
      return the paper's loss
    """
    z = num(logits)
    check_label(label, len(z))
    return dco_sequence_loss(log_softmax_of(z)[label], n)


@classification
def dco_sequence_loss(log_prob: float, n: int) -> Scalar:
    """formula: p = exp(log_prob); -log(1 - (1-p)^N); log_prob = summed token log-probability
    range: [0,inf)
    edges: log_prob > 0 or N < 1 -> error
    source: arXiv 2502.07154
    """
    require(n >= 1, "n >= 1")
    log_p = num(log_prob)
    require(log_p <= 0, "log_prob <= 0")
    return -log(1 - (1 - exp(log_p)) ** n)
