"""Softmax variants with exact zeros, and their losses."""

import math

from mpmath import mp

from .arithmetic import NINF, check_label, lse, num, require, softmax_of, target_of, to_power, xlogy
from .definition import Label, Scalar, Vector, activation, classification


def top_k(z, k):
    return set(sorted(range(len(z)), key=lambda i: (-z[i], i))[:k])


def project(z):
    m = max(z)
    s = sorted((v - m for v in z), reverse=True)
    c = mp.mpf(0)
    tau = None
    for k, v in enumerate(s, 1):
        if v == NINF:
            break
        c += v
        if 1 + k * v > c:
            tau = (c - 1) / k
    return [max(v - m - tau, mp.mpf(0)) if v != NINF else mp.mpf(0) for v in z]


@activation
def sparsemax(logits: Vector) -> Vector:
    """formula: argmin_{p in simplex} ||p - z||^2 = max(z_i - tau, 0); sort z desc, k = max{k: 1 + k
      z_(k) > sum_{j<=k} z_(j)}, tau = (sum_{j<=k} z_(j) - 1)/k
    range: [0,1], sums to 1, sparse
    edges: -inf -> 0; shift invariant; one class -> [1]
    source: Martins & Astudillo 2016 arXiv 1602.02068; deep-spin/entmax entmax/activations.py
    """
    require(max(logits) > -math.inf and max(logits) < math.inf, "no finite logit")
    return project(num(logits))


def fenchel_young(p, t, z, ent):
    """Fenchel-Young <p - t, z> + H(p) - H(t)"""
    return mp.fsum(xlogy(a - b, v) for a, b, v in zip(p, t, z)) + ent(p) - ent(t)


@classification
def sparsemax_loss(logits: Vector, target: Label) -> Scalar:
    """formula: <p - t, z> + (sum_k t_k^2 - sum_k p_k^2)/2, p = sparsemax(z), t = one-hot or soft
      label
    range: [0,inf)
    edges: one class -> 0; -inf logit on the label -> +inf
    source: arXiv 1602.02068; Fenchel-Young losses arXiv 1901.02324; deep-spin/entmax
      entmax/losses.py SparsemaxLoss
    note: equals 0.5*sum_{j in S}(z_j^2 - tau^2) + 0.5 - z_y of the paper; soft-label form is the
      Fenchel-Young one
    """
    z = num(logits)
    t = target_of(target, len(z))
    return fenchel_young(project(z), t, z, lambda p: (1 - mp.fsum(v * v for v in p)) / 2)


def project15(z):
    m = max(z)
    s = [(v - m) / 2 for v in z]
    o = sorted((v for v in s if v != NINF), reverse=True)
    c1 = c2 = mp.mpf(0)
    tau = None
    for k, v in enumerate(o, 1):
        c1 += v
        c2 += v * v
        mean = c1 / k
        ss = c2 - k * mean * mean
        d = (1 - ss) / k
        t = mean - mp.sqrt(max(d, mp.mpf(0)))
        if t <= v:
            tau = t
        else:
            break
    return [max(v - tau, mp.mpf(0)) ** 2 if v != NINF else mp.mpf(0) for v in s]


@activation
def entmax15(logits: Vector) -> Vector:
    """formula: p_i = max(z_i/2 - tau, 0)^2 with tau s.t. sum p = 1 (alpha-entmax, alpha = 1.5)
    range: [0,1], sums to 1, sparse
    edges: -inf -> 0; shift invariant; one class -> [1]
    source: Peters, Niculae, Martins 2019 arXiv 1905.05702; deep-spin/entmax entmax/activations.py
      Entmax15Function
    """
    require(-math.inf < max(logits) < math.inf, "no finite logit")
    return project15(num(logits))


@classification
def entmax15_loss(logits: Vector, target: Label) -> Scalar:
    """formula: <p - t, z> + H(p) - H(t), H(p) = (1 - sum p^1.5)/0.75, p = entmax15(z)
    range: [0,inf)
    edges: one class -> 0
    source: arXiv 1905.05702; deep-spin/entmax entmax/losses.py Entmax15Loss
    """
    z = num(logits)
    t = target_of(target, len(z))
    return fenchel_young(
        project15(z),
        t,
        z,
        lambda p: (1 - mp.fsum(to_power(v, mp.mpf(3) / 2) for v in p)) / (mp.mpf(3) / 4),
    )


@activation
def sparse_softmax(logits: Vector, k: int = 10) -> Vector:
    """formula: p_i = exp(z_i)/sum_{j in Omega_k} exp(z_j) if i in Omega_k else 0; Omega_k = indices
      of the k largest logits
    range: [0,1], sums to 1
    edges: k >= C -> softmax; ties at the cut: lowest index wins; k < 1 -> error
    source: Sun et al. 2021 Sparse-softmax arXiv 2112.12433
    note: paper does not fix tie rule nor a universal k (10 is the authors' usual choice)
    """
    require(k >= 1, "k must be >= 1")
    z = num(logits)
    S = top_k(z, k)
    return softmax_of([v if i in S else NINF for i, v in enumerate(z)])


@classification
def sparse_softmax_loss(logits: Vector, label: int, k: int = 10) -> Scalar:
    """formula: log sum_{j in Omega_k} exp(z_j) - z_y
    range: [0,inf)
    edges: label outside the top k keeps a finite loss (its logit is simply not in the sum)
    source: arXiv 2112.12433 (training loss)
    note: not -log(sparse_softmax_y), which would be +inf outside the top k
    """
    require(k >= 1, "k must be >= 1")
    z = num(logits)
    check_label(label, len(z))
    S = top_k(z, k)
    return lse([z[i] for i in S]) - z[label]
