"""Distillation of one model into another."""

from mpmath import mp

from .arithmetic import (
    check_label,
    dot,
    log,
    log_softmax_of,
    logistic,
    num,
    require,
    softmax_of,
    softplus,
    to_power,
    xlogy,
)
from .definition import Matrix, Scalar, Vector, distillation
from .divergences import kl_of_logs
from .sparse import top_k


@distillation
def kd_loss(student_logits: Vector, teacher_logits: Vector, temperature: float = 4.0) -> Scalar:
    """formula: T^2 * KL(softmax(t/T) || softmax(s/T))
    range: [0,inf)
    edges: T <= 0 -> error
    source: Hinton et al. 2015 arXiv 1503.02531; penghui-yang/DHKD distiller_zoo/KD.py DistillKL
    note: T=4 is the usual CRD/mdistiller setting, the paper has no single default
    """
    require(temperature > 0, "T > 0")
    T = num(temperature)
    return (
        T
        * T
        * kl_of_logs(
            log_softmax_of([v / T for v in num(teacher_logits)]),
            log_softmax_of([v / T for v in num(student_logits)]),
        )
    )


@distillation
def nkd_loss(
    student_logits: Vector,
    teacher_logits: Vector,
    label: int,
    temperature: float = 1.0,
    gamma: float = 1.5,
) -> Scalar:
    """formula: -t_y log s_y - gamma T^2 sum_{i!=y} That_i log Shat_i; That, Shat = softmax over the
      non-label logits / T
    range: [0,inf)
    edges: needs >= 2 classes
    source: Yang et al. 2023 From Knowledge Distillation to Self-KD arXiv 2303.13005; yzd-v/cls_KD
      mmcls/models/dis_losses/nkd.py
    note: excludes the ordinary CE term, which the repo adds separately
    """
    s, t = num(student_logits), num(teacher_logits)
    y = label
    check_label(y, len(s))
    require(len(s) >= 2, "need 2 classes")
    T = num(temperature)
    a = -softmax_of(t)[y] * log_softmax_of(s)[y]
    S = log_softmax_of([v / T for j, v in enumerate(s) if j != y])
    P = softmax_of([v / T for j, v in enumerate(t) if j != y])
    return a - num(gamma) * T * T * dot(P, S)


@distillation
def uskd_loss(
    logits: Vector,
    weak_logits: Vector,
    label: int,
    mean_squared_target_prob: float,
    alpha: float = 1.0,
    beta: float = 0.1,
    mu: float = 0.005,
) -> Scalar:
    """formula: alpha*Lt + beta*Ln + Lw. Lt = -(s_y^2 + 1 - m) log s_y; score_i = w_i/(1-w_y+1e-6) +
      s_i/(1-s_y+1e-6), rank r_i = 1.. by decreasing score over ALL classes, zipf 1/r_i,
      renormalised over i!=y -> n_i, Ln = -sum_{i!=y} n_i log shat_i (shat = softmax over non-label
      logits); Lw = -mu sum_i (0.9 [i=y] + 0.1/C) log w_i
    range: R
    edges: needs >= 2 classes; ties in score: lower index first
    source: arXiv 2303.13005; mmcls/models/dis_losses/uskd.py
    note: m is the BATCH mean of s_y^2 (a column the caller computes with AVG over the
      batch/dataset); w = softmax of the weak (intermediate-feature) head. Code's 1e-6 kept.
      DISAGREEMENT: the code re-binds s_i, s_y to LOG-softmax before ranking, so its score_i uses
      log s_i/(1 - log s_y + 1e-6); the paper normalises probabilities. We follow the paper
    """
    s, w = num(logits), num(weak_logits)
    C = len(s)
    y = label
    check_label(y, C)
    require(C >= 2, "need 2 classes")
    sp, wp, e = softmax_of(s), softmax_of(w), num(1e-6)
    Lt = -(sp[y] ** 2 + 1 - num(mean_squared_target_prob)) * log_softmax_of(s)[y]
    sc = [wp[i] / (1 - wp[y] + e) + sp[i] / (1 - sp[y] + e) for i in range(C)]
    rk = {i: r for r, i in enumerate(sorted(range(C), key=lambda i: (-sc[i], i)), 1)}
    n = [mp.mpf(1) / rk[i] for i in range(C) if i != y]
    t = mp.fsum(n)
    Ln = -dot([v / t for v in n], log_softmax_of([v for j, v in enumerate(s) if j != y]))
    lw = log_softmax_of(w)
    c9, c1 = num(0.9), num(0.1)
    Lw = -num(mu) * mp.fsum(((c9 if i == y else 0) + c1 / C) * lw[i] for i in range(C))
    return num(alpha) * Lt + num(beta) * Ln + Lw


@distillation
def pld_loss(
    student_logits: Vector, teacher_logits: Vector, label: int, temperature: float = 1.0
) -> Scalar:
    """formula: order pi = (label, then other classes by decreasing teacher logit); sum_k q_{pi_k} *
      (logsumexp_{l>=k} s_{pi_l} - s_{pi_k}), q = softmax(teacher/T)
    range: [0,inf)
    edges: teacher ties: lower index first; one class -> 0
    source: Bassam, Zhu, Bian 2025 PLD arXiv 2506.12542
    note: weight at step k is the teacher softmax of pi*_k (of its own logits, not re-ranked or
      renormalised); tau_T = 1 best on ImageNet, 4.0 used on CIFAR-100. No temperature on the
      student, no T^2 factor; not compared with official code
    """
    s, t = num(student_logits), num(teacher_logits)
    C = len(s)
    y = label
    check_label(y, C)
    q = softmax_of([v / num(temperature) for v in t])
    o = [y] + sorted((i for i in range(C) if i != y), key=lambda i: (-t[i], i))
    m = max(s)
    acc = mp.mpf(0)
    r = mp.mpf(0)
    for i in reversed(o):
        acc += mp.exp(s[i] - m)
        r += q[i] * (mp.log(acc) + m - s[i])
    return r


@distillation
def binary_kl_loss(
    student_logits: Vector, teacher_logits: Vector, temperature: float = 2.0, eps: float = 1e-8
) -> Scalar:
    """formula: T^2 sum_c KL_bern(b(t_c) || b(s_c)), b(x) = clamp(sigmoid(x/T), eps, 1-eps)
    range: [0,inf)
    edges: clamps make it finite
    source: Yang et al. 2024 DHKD arXiv 2411.08937; penghui-yang/DHKD distiller_zoo/BinaryKL.py
    """
    T, e = num(temperature), num(eps)
    r = []
    hi = num(1 - eps)
    for s, t in zip(num(student_logits), num(teacher_logits)):
        a = min(max(logistic(s / T), e), hi)
        b = min(max(logistic(t / T), e), hi)
        r.append(b * mp.log(b / a) + (1 - b) * mp.log((1 - b) / (1 - a)))
    return T * T * mp.fsum(r)


@distillation
def binary_kl_norm_loss(
    student_logits: Vector, teacher_logits: Vector, temperature: float = 2.0, eps: float = 1e-8
) -> Scalar:
    """formula: T^2 sum_c [ -log 2 - (log d_c + log(1-d_c))/2 ], d_c = clamp(sigmoid((s_c-t_c)/T),
      eps, 1-eps)
    range: [0,inf)
    edges: equal logits -> 0
    source: DHKD arXiv 2411.08937; distiller_zoo/BinaryKLNorm.py
    """
    T, e = num(temperature), num(eps)
    r = []
    hi = num(1 - eps)
    for s, t in zip(num(student_logits), num(teacher_logits)):
        d = min(max(logistic((s - t) / T), e), hi)
        r.append(-mp.log(2) - (mp.log(d) + mp.log(1 - d)) / 2)
    return T * T * mp.fsum(r)


@distillation
def meal_v2_loss(
    student_logits: Vector, teacher_logits: Matrix, cross_entropy: bool = False
) -> Scalar:
    """formula: q = mean over teachers of softmax(teacher logits); KL(q || softmax(s));
      cross_entropy=true: -sum q log s
    range: [0,inf)
    edges: one teacher -> kd_loss with T = 1
    source: Shen & Savvides 2020 MEAL V2 arXiv 2009.08453; szq0214/MEAL-V2 extensions/kd_loss.py
    note: the class is called KLLoss but computes the cross-entropy (drops the teacher entropy);
      paper writes KL. Default = paper. The discriminator term is not a value on columns
    """
    L = log_softmax_of(num(student_logits))
    T = [softmax_of(num(r)) for r in teacher_logits]
    q = [mp.fsum(c) / len(T) for c in zip(*T)]
    c = -mp.fsum(xlogy(a, b) for a, b in zip(q, L))
    return c if cross_entropy else c + mp.fsum(xlogy(a, log(a)) for a in q)


@distillation
def kd_quality_focal_loss(
    student_logits: Vector, teacher_logits: Vector, beta: float = 1.0
) -> Scalar:
    """formula: sum_c |sigmoid(s_c) - t_c|^beta * BCE(s_c, t_c), t_c = sigmoid(teacher_c)
    range: [0,inf)
    edges: equal logits -> 0 (beta > 0)
    source: Wang et al. 2023 CrossKD arXiv 2306.11369; jbwang1997/CrossKD
      mmdet/models/losses/kd_loss.py
    note: code default beta=1; averages with an avg_factor (reduction left to the caller); per
      example we sum over classes
    """
    r = []
    for s, t in zip(num(student_logits), num(teacher_logits)):
        a, b = logistic(s), logistic(t)
        r.append(to_power(abs(a - b), num(beta)) * (b * softplus(-s) + (1 - b) * softplus(s)))
    return mp.fsum(r)


@distillation
def quality_focal_loss(logits: Vector, label: int, score: float, beta: float = 2.0) -> Scalar:
    """formula: |score - s_y|^beta BCE(z_y, score) + sum_{c!=y} s_c^beta BCE(z_c, 0), s = sigmoid(z)
    range: [0,inf)
    edges: label == C (background) -> all classes are negatives
    source: Li et al. 2020 Generalized Focal Loss arXiv 2006.04388; CrossKD
      mmdet/models/losses/gfocal_loss.py
    """
    z = num(logits)
    C = len(z)
    require(0 <= label <= C, "label out of range")
    sc = num(score)
    r = []
    for c, v in enumerate(z):
        p = logistic(v)
        t = sc if c == label else mp.mpf(0)
        r.append(to_power(abs(t - p), num(beta)) * (t * softplus(-v) + (1 - t) * softplus(v)))
    return mp.fsum(r)


@distillation
def partial_label_distillation_loss(
    student_logits: Vector, teacher_logits: Vector, k: int = 2
) -> Scalar:
    """formula: -(1/k) sum_{i in top-k(teacher)} log softmax(s)_i
    range: [0,inf)
    edges: ties at the cut: lower index first; k > C -> all classes
    source: Jeong & Chung 2024 Rethinking Self-Distillation: label averaging and partial labels
      arXiv 2402.10482 (top-2 refined labels with equal weight)
    note: the abstract states top-two softmax outputs of the teacher; equal weights 1/2 are an
      assumption (no official code)
    """
    L = log_softmax_of(num(student_logits))
    S = top_k(num(teacher_logits), k)
    require(k >= 1, "k >= 1")
    return -mp.fsum(L[i] for i in S) / len(S)
