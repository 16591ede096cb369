"""Divergences between distributions."""

import math

from mpmath import mp

from .arithmetic import INF, NINF, dot, log, log_softmax_of, num, require, to_power
from .definition import Scalar, Vector, divergence


def kl(p, q):
    return mp.fsum(
        mp.mpf(0) if a == 0 else (INF if b == 0 else a * mp.log(a / b)) for a, b in zip(p, q)
    )


def kl_of_logs(L1, L2):
    return mp.fsum(
        mp.mpf(0) if a == NINF else (INF if b == NINF else mp.exp(a) * (a - b))
        for a, b in zip(L1, L2)
    )


def distributions(p, q):
    require(len(p) == len(q), "length mismatch")
    require(min(p) >= 0 and min(q) >= 0, "negative probability")
    return num(p), num(q)


@divergence
def kl_divergence_loss(p: Vector, q: Vector) -> Scalar:
    """formula: sum_i p_i log(p_i/q_i)
    range: [0,inf] for distributions
    edges: 0 log 0 = 0; p_i > 0 with q_i = 0 -> +inf; no renormalisation; negative entry -> error
    source: standard; torch F.kl_div(log q, p); scipy.special.rel_entr
    """
    return kl(*distributions(p, q))


@divergence
def symmetric_kl_loss(p: Vector, q: Vector) -> Scalar:
    """formula: KL(p||q) + KL(q||p)  (Jeffreys)
    range: [0,inf]
    edges: as kl_divergence_loss
    source: Kullback & Leibler 1951
    note: some codes halve it (R-Drop): multiply by 0.5
    """
    p, q = distributions(p, q)
    return kl(p, q) + kl(q, p)


@divergence
def jensen_shannon_loss(p: Vector, q: Vector, weight: float = 0.5) -> Scalar:
    """formula: w*KL(p||m) + (1-w)*KL(q||m), m = w*p + (1-w)*q
    range: [0, H(w)] (log 2 at w = 1/2)
    edges: 0 log 0 = 0; always finite for 0<w<1
    source: Lin 1991; weighted (generalised JS) Englesson & Azizpour 2021 arXiv 2105.04522; scipy
      jensenshannon^2 at w=1/2
    note: the GJS/JS loss of arXiv 2105.04522 (LDR loss.py JSCLoss) is scaled by -1/((1-w)
      log(1-w)), with w the label weight
    """
    require(0 < weight < 1, "weight in (0,1)")
    p, q = distributions(p, q)
    w = num(weight)
    m = [w * a + (1 - w) * b for a, b in zip(p, q)]
    return w * kl(p, m) + (1 - w) * kl(q, m)


@divergence
def renyi_divergence_loss(p: Vector, q: Vector, alpha: float) -> Scalar:
    """formula: 1/(alpha-1) * log sum_i p_i^alpha q_i^(1-alpha); alpha = 1: KL(p||q); alpha = +inf:
      log max_{p_i>0} p_i/q_i; alpha = 0: -log sum_{p_i>0} q_i
    range: [0,inf]
    edges: alpha < 0 -> error; p_i = 0 terms are 0; q_i = 0 < p_i -> +inf for alpha >= 1, 0 term for
      alpha < 1
    source: Renyi 1961; van Erven & Harremoes 2012 arXiv 1206.2459
    """
    require(alpha >= 0, "alpha >= 0")
    p, q = distributions(p, q)
    if alpha == 1:
        return kl(p, q)
    if alpha == math.inf:
        return mp.log(max(a / b if b != 0 else INF for a, b in zip(p, q) if a > 0))
    al = num(alpha)
    s = mp.mpf(0)
    for a, b in zip(p, q):
        if a == 0:
            continue
        if b == 0:
            if alpha > 1:
                return INF
            continue
        s += to_power(a, al) * to_power(b, 1 - al)
    return log(s) / (al - 1)


@divergence
def alpha_divergence_loss(p: Vector, q: Vector, alpha: float) -> Scalar:
    """formula: (sum_i p_i^alpha q_i^(1-alpha) - 1)/(alpha(alpha-1)); alpha = 1: KL(p||q); alpha =
      0: KL(q||p)
    range: [0,inf]
    edges: zero rules as renyi (mirror image for alpha < 0)
    source: Amari/Cichocki alpha-divergence, Cichocki & Amari 2010 (form for normalised p, q)
    note: other parametrisations exist: Amari's alpha_A = 2 alpha - 1 (alpha = (1+alpha_A)/2 up to
      sign), Tsallis relative entropy = alpha * this
    """
    p, q = distributions(p, q)
    if alpha == 1:
        return kl(p, q)
    if alpha == 0:
        return kl(q, p)
    al = num(alpha)
    s = mp.mpf(0)
    for a, b in zip(p, q):
        t1 = to_power(a, al)
        t2 = to_power(b, 1 - al)
        if t1 == 0 or t2 == 0:
            continue
        s += t1 * t2
    return (s - 1) / (al * (al - 1))


@divergence
def cauchy_schwarz_divergence_loss(p: Vector, q: Vector) -> Scalar:
    """formula: -log( (sum p q)^2 / (sum p^2 * sum q^2) )
    range: [0,inf]
    edges: disjoint supports -> +inf
    source: Principe et al.; Yu et al. 2023 Cauchy-Schwarz divergence arXiv 2301.08970
    note: some authors drop the square (half of this value, -log of the cosine)
    """
    p, q = distributions(p, q)
    return -2 * log(dot(p, q)) + mp.log(dot(p, p)) + mp.log(dot(q, q))


@divergence
def virtual_adversarial_loss(logits: Vector, adversarial_logits: Vector) -> Scalar:
    """formula: KL(softmax(z) || softmax(z_adv)); z at the clean input, z_adv at the perturbed one
      (columns)
    range: [0,inf]
    edges: class with z = -inf contributes 0; z_adv = -inf with p > 0 -> +inf
    source: Miyato et al. 2017 VAT arXiv 1704.03976 (LDS term); the search for the perturbation is
      outside
    """
    return kl_of_logs(log_softmax_of(num(logits)), log_softmax_of(num(adversarial_logits)))
