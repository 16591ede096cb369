"""Arithmetic with 400 digits, and softmax in it as its formula says.

No step is stabilised and none needs to be: a result is rounded to float64 once, at the end. What
is below 1e-400 beside 1 is lost all the same.
"""

from mpmath import mp

mp.dps = 400
INF, NINF, NAN = mp.inf, -mp.inf, mp.nan


def num(x):
    """A number, or numbers, as given: a double is taken for exactly what it is."""
    return mp.mpf(x) if not isinstance(x, (list, tuple)) else [num(v) for v in x]


def isnan(x):
    """Whether it is NaN."""
    return x != x


def require(cond, msg):
    """Refuses what the function does not take."""
    if not cond:
        raise ValueError(msg)


def lse(z):
    """log(sum(exp(z)))."""
    m = max(z)
    if m == NINF:
        return NINF
    if m == INF:
        return NAN
    return mp.log(mp.fsum(mp.exp(v - m) if v != NINF else mp.mpf(0) for v in z)) + m


def log_softmax_of(z):
    """z - log(sum(exp(z))); NaN where no logit is finite."""
    L = lse(z)
    if isnan(L) or L == NINF:
        return [NAN] * len(z)
    return [v - L for v in z]


def exp(v):
    """exp, of -inf too."""
    return mp.mpf(0) if v == NINF else mp.exp(v)


def softmax_of(z):
    """softmax(z)."""
    return [exp(v) if not isnan(v) else NAN for v in log_softmax_of(z)]


def log(p):
    """log, of 0 too."""
    return NINF if p == 0 else mp.log(p)


def xlogy(t, ly):
    """t * log(y) from the logarithm, 0 where t is 0."""
    return mp.mpf(0) if t == 0 else t * ly


def softplus(x):
    """log(1 + exp(x))."""
    if x == INF:
        return INF
    if x == NINF:
        return mp.mpf(0)
    return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))


def logistic(x):
    """1 / (1 + exp(-x))."""
    if x == INF:
        return mp.mpf(1)
    if x == NINF:
        return mp.mpf(0)
    return 1 / (1 + mp.exp(-x))


def to_power(b, e):
    """b^e, of 0 too."""
    if b == 0:
        return mp.mpf(1) if e == 0 else (INF if e < 0 else mp.mpf(0))
    return mp.power(b, e)


def target_of(t, C):
    """The probabilities of a label: one-hot of a class index, a soft label as given."""
    if isinstance(t, (list, tuple)):
        require(len(t) == C, "target length differs from number of classes")
        return [mp.mpf(v) for v in t]
    return [mp.mpf(1) if k == t else mp.mpf(0) for k in range(C)]


def check_label(label, C):
    """Refuses a label that is no class."""
    require(0 <= label < C, "label out of range")


def ce(z, y):
    """-log(softmax(z)[y])."""
    return -log_softmax_of(z)[y]


def argmax(v):
    """The index of the largest; of equals the lowest."""
    return max(range(len(v)), key=lambda i: (v[i], -i))


def dot(a, b):
    """The inner product."""
    return mp.fsum(x * y for x, y in zip(a, b))
