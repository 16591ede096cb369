"""Calibrators with a formula: scalings of logits, Platt and beta calibration."""

import math

import numpy as np
from scipy import optimize

from .arrays import EPS, floats, log_softmax, onehot, sigmoid, softmax, weights
from .logistic import irls
from .registry import registered
from .scores import ca_loss, log_loss_logits


def minimize(fun, x0, jac=True):
    r = optimize.minimize(fun, x0, jac=jac, method="BFGS", options=dict(gtol=1e-10, maxiter=5000))
    r2 = optimize.minimize(
        fun,
        r.x,
        jac=jac,
        method="L-BFGS-B",
        options=dict(ftol=1e-16, gtol=1e-11, maxiter=5000, maxcor=50),
    )
    return r2 if r2.fun <= r.fun else r


@registered
def temperature_scaling(logits, y, w=None):
    """argmin_T NLL(z/T) by Newton on log beta, beta = 1/T in [e^-10, e^10]; the clamp is the answer
    when the optimum is at infinity.
    """
    z, y = floats(logits), np.asarray(y, int)
    w = weights(w, len(y))
    zc = z - z.max(1, keepdims=True)
    zy = zc[np.arange(len(y)), y]

    def d1(b):
        p = softmax(b * zc)
        return float((w * ((p * zc).sum(1) - zy)).sum() / w.sum())

    lo, hi = math.exp(-10), math.exp(10)
    if d1(lo) >= 0:
        b = lo
    elif d1(hi) <= 0:
        b = hi
    else:
        b = math.exp(optimize.brentq(lambda t: d1(math.exp(t)), -10, 10, xtol=1e-15, rtol=1e-15))
    return dict(temperature=1 / b, loss=log_loss_logits(b * z, y, w))


def affine_curvature(p, F, w, kind):
    """Second derivatives of the sum of w times the log loss of p = softmax(F W' + b), in W (row by
    row; kind 'diag': its diagonal) and in b, as blocks: W with W, W with b, b with b.
    """
    K = p.shape[1]
    A = (np.einsum("nk,kl->nkl", p, np.eye(K)) - p[:, :, None] * p[:, None, :]) * w[:, None, None]
    if kind == "diag":
        return (
            np.einsum("nkl,nk,nl->kl", A, F, F),
            np.einsum("nkl,nk->kl", A, F),
            A.sum(0),
        )
    return (
        np.einsum("nkl,nj,nm->kjlm", A, F, F, optimize=True).reshape(K * K, K * K),
        np.einsum("nkl,nj->kjl", A, F).reshape(K * K, K),
        A.sum(0),
    )


def fit_affine(F, y, K, w, kind, lam=0.0, mu=0.0):
    """kind 'diag': q = softmax(d * F + b); 'full': softmax(F W' + b), ODIR penalty lam/(K(K-1))
    sum_{i!=j} W_ij^2 + mu/K sum b^2.
    """
    n = len(y)
    Y = onehot(y, K)
    ww = w / w.sum()
    off = ~np.eye(K, dtype=bool)

    def unpack(t):
        if kind == "diag":
            return np.diag(t[:K]), t[K:]
        return t[: K * K].reshape(K, K), t[K * K :]

    def fun(t):
        Wm, b = unpack(t)
        lp = log_softmax(F @ Wm.T + b)
        G = (np.exp(lp) - Y) * ww[:, None]
        f = -(ww * lp[np.arange(n), y]).sum()
        gW, gb = G.T @ F, G.sum(0)
        f += lam / max(K * (K - 1), 1) * (Wm[off] ** 2).sum() + mu / K * (b**2).sum()
        gW = gW + 2 * lam / max(K * (K - 1), 1) * np.where(off, Wm, 0)
        gb = gb + 2 * mu / K * b
        return f, np.concatenate([np.diag(gW) if kind == "diag" else gW.ravel(), gb])

    x0 = np.concatenate([np.ones(K) if kind == "diag" else np.eye(K).ravel(), np.zeros(K)])

    def hess(t):
        Wm, b = unpack(t)
        p = softmax(F @ Wm.T + b)
        dd, db, bb = affine_curvature(p, F, ww, kind)
        bb = bb + 2 * mu / K * np.eye(K)
        if kind == "full":
            dd = dd + np.diag(2 * lam / max(K * (K - 1), 1) * off.ravel())
        return np.block([[dd, db], [db.T, bb]])

    t = minimize(fun, x0).x
    for _ in range(30):
        f0, g0 = fun(t)
        d = np.linalg.lstsq(hess(t), g0, rcond=1e-13)[0]
        a = 1.0
        while a > 1e-6 and fun(t - a * d)[0] > f0 + 1e-15 * abs(f0):
            a /= 2
        if a <= 1e-6 or np.abs(a * d).max() < 1e-14 * (1 + np.abs(t).max()):
            break
        t = t - a * d
    Wm, b = unpack(t)
    f1, g1 = fun(t)
    return Wm, b, float(f1), float(np.abs(g1).max())


@registered
def vector_scaling(logits, y, w=None):
    """softmax(d*z + b). Only sum-of-b is not identified; b is reported centred. loss and calibrated
    probabilities are unique.
    """
    z, y = floats(logits), np.asarray(y, int)
    Wm, b, f, g = fit_affine(z, y, z.shape[1], weights(w, len(y)), "diag")
    return dict(diag=np.diag(Wm), bias=b - b.mean(), loss=f, grad=g)


@registered
def matrix_scaling(logits, y, w=None, lam=1e-2, mu=1e-2):
    z, y = floats(logits), np.asarray(y, int)
    Wm, b, f, g = fit_affine(z, y, z.shape[1], weights(w, len(y)), "full", lam, mu)
    return dict(W=Wm, b=b, objective=f, loss=log_loss_logits(z @ Wm.T + b, y, w), grad=g)


@registered
def dirichlet_calibration(P, y, w=None, lam=1e-2, mu=1e-2):
    return matrix_scaling(np.log(np.clip(floats(P), 1e-300, None)), y, w, lam, mu)


@registered
def platt_scaling(s, y, w=None, priors=False):
    """P = sigmoid(a s + b). priors: targets (N+ + 1)/(N+ + 2), 1/(N- + 2) with weighted counts
    (Platt 1999, sklearn).
    """
    s, y = floats(s), floats(y)
    w = weights(w, len(s))
    t = y
    if priors:
        n1, n0 = (w * y).sum(), (w * (1 - y)).sum()
        t = np.where(y > 0.5, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))
    b, _ = irls(np.stack([s, np.ones_like(s)], 1), t, w)
    p = sigmoid(s * b[0] + b[1])
    return dict(
        a=float(b[0]),
        b=float(b[1]),
        loss=float(-(w * (t * np.log(p) + (1 - t) * np.log1p(-p))).sum() / w.sum()),
    )


@registered
def beta_calibration(p, y, w=None):
    """sigmoid(a ln p - b ln(1-p) + c), a, b >= 0: convex NLL, bounds by active set (refit with the
    negative one at 0).
    """
    p, y = np.clip(floats(p), EPS, 1 - EPS), floats(y)
    w = weights(w, len(p))
    x1, x2, one = np.log(p), -np.log1p(-p), np.ones(len(p))

    def nll(th):
        t = th[0] * x1 + th[1] * x2 + th[2]
        return float((w * (np.logaddexp(0, t) - y * t)).sum() / w.sum())

    cands = []
    b3, _ = irls(np.stack([x1, x2, one], 1), y, w)
    cands.append(b3)
    ba, _ = irls(np.stack([x1, one], 1), y, w)
    cands.append(np.array([ba[0], 0, ba[1]]))
    bb, _ = irls(np.stack([x2, one], 1), y, w)
    cands.append(np.array([0, bb[0], bb[1]]))
    bc, _ = irls(one[:, None], y, w)
    cands.append(np.array([0, 0, bc[0]]))
    ok = [c for c in cands if np.all(np.isfinite(c)) and c[0] >= 0 and c[1] >= 0]
    th = min(ok, key=nll)
    return dict(a=float(th[0]), b=float(th[1]), c=float(th[2]), loss=nll(th))


@registered
def ensemble_temperature_scaling(logits, y, w=None):
    """T from temperature_scaling (NLL), then the convex mixture w1 softmax(z/T) + w2 softmax(z) +
    w3/K by NLL (EM to 1e-14, polished).
    """
    z, y = floats(logits), np.asarray(y, int)
    ww = weights(w, len(y))
    T = temperature_scaling(z, y, ww)["temperature"]
    i = np.arange(len(y))
    A = np.stack([softmax(z / T)[i, y], softmax(z)[i, y], np.full(len(y), 1 / z.shape[1])], 1)
    v = np.full(3, 1 / 3)
    q = ww / ww.sum()

    def f(v):
        return float(-(q * np.log(A @ v)).sum())

    r = optimize.minimize(
        f,
        v,
        jac=lambda v: -(q / (A @ v)) @ A,
        method="SLSQP",
        bounds=[(0, 1)] * 3,
        constraints=dict(type="eq", fun=lambda v: v.sum() - 1, jac=lambda v: np.ones(3)),
        options=dict(ftol=1e-15, maxiter=1000),
    )
    v = np.clip(r.x, 0, None)
    v /= v.sum()
    for _ in range(20000):
        n = (q / (A @ v)) @ (A * v)
        if np.abs(n - v).max() < 1e-15:
            break
        v = n
    return dict(temperature=T, weights=v, loss=f(v))


@registered
def parameterized_temperature(logits, y, theta, top_k=5, w=None):
    """PTS (Tomani 2022) with a linear head: T = softplus(theta0 + sum_j theta_j z_(j)) over the
    top_k sorted logits; Brier (mean over classes) loss and its gradient at theta. The fit is not
    convex, so goldens are at a fixed theta.
    """
    z, y, th = floats(logits), np.asarray(y, int), floats(theta)
    n, K = z.shape
    w = weights(w, n)
    k = min(top_k, K)
    F = np.concatenate([np.ones((n, 1)), np.sort(z, 1)[:, ::-1][:, :k]], 1)
    t = F @ th[: k + 1]
    T = np.logaddexp(0, t) + 1e-12
    P = softmax(z / T[:, None])
    D = P - onehot(y, K)
    loss = (w * (D**2).mean(1)).sum() / w.sum()
    dz = 2 / K * P * (D - (D * P).sum(1, keepdims=True))
    dT = (dz * (-z / T[:, None] ** 2)).sum(1)
    g = ((w * dT * sigmoid(t))[:, None] * F).sum(0) / w.sum()
    return dict(loss=float(loss), grad=g)


@registered
def ca_temperature(logits, y, w=None, balanced=True):
    """One temperature in [0.1, 10] minimising ca_loss: 401-point scan of log T, then bounded Brent
    in the neighbouring cells (not convex).
    """
    z = floats(logits)

    def f(t):
        return ca_loss(softmax(z / math.exp(t)), y, w, balanced)

    g = np.linspace(math.log(0.1), math.log(10), 401)
    i = int(np.argmin([f(t) for t in g]))
    r = optimize.minimize_scalar(
        f,
        bounds=(g[max(i - 1, 0)], g[min(i + 1, 400)]),
        method="bounded",
        options=dict(xatol=1e-12),
    )
    return dict(temperature=float(math.exp(r.x)), loss=float(r.fun))
