"""Decompositions of a score into calibration, refinement and uncertainty."""

import numpy as np
from scipy import special

from .arrays import floats, tie_groups, weights
from .bins import bin_stats, bin_width
from .isotonic import isotonic_fit
from .registry import registered
from .scaling import temperature_scaling
from .scores import log_loss_logits


@registered
def murphy_decomposition(p, y, w=None, n_bins=None, side="right"):
    """Brier = REL - RES + UNC + WBV - WBC. n_bins None: groups are the distinct p (then WBV = WBC =
    0).
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    if n_bins is None:
        idx = np.unique(p, return_inverse=True)[1]
        nb = idx.max() + 1
    else:
        idx, nb = bin_width(p, n_bins, side), n_bins
    s = bin_stats(p, y, w, idx, nb)
    k = s["w"] > 0
    n, W = s["w"][k], w.sum()
    pb, yb, Y = s["wp"][k] / n, s["wy"][k] / n, s["wy"].sum() / W
    q = n / W
    rel, res, unc = (q * (pb - yb) ** 2).sum(), (q * (yb - Y) ** 2).sum(), Y * (1 - Y)
    wbv = (s["wpp"][k] - n * pb**2).sum() / W
    wbc = 2 * (s["wpy"][k] - n * pb * yb).sum() / W
    return dict(
        reliability=float(rel),
        resolution=float(res),
        uncertainty=float(unc),
        wbv=float(wbv),
        wbc=float(wbc),
        brier=float(rel - res + unc + wbv - wbc),
    )


@registered
def corp_decomposition(p, y, w=None, score="brier"):
    """S = MCB - DSC + UNC with the isotonic recalibration of p (Dimitriadis, Gneiting, Jordan
    2021).
    """
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    p, y, w = p[w > 0], y[w > 0], w[w > 0]
    u, g = isotonic_fit(p, y, w)
    c = g[np.searchsorted(u, p)]
    m = (w * y).sum() / w.sum()
    if score == "brier":

        def S(q):
            return float((w * (q - y) ** 2).sum() / w.sum())
    else:

        def S(q):
            return float((w * -(special.xlogy(y, q) + special.xlogy(1 - y, 1 - q))).sum() / w.sum())

    s, sc, su = S(p), S(c), S(np.full(len(p), m))
    return dict(score=s, miscalibration=s - sc, discrimination=su - sc, uncertainty=su)


@registered
def log_loss_refinement(logits, y, w=None):
    """In-sample temperature-scaling split: refinement = min_T NLL, calibration = NLL - refinement
    (Berta et al. 2025).
    """
    t = temperature_scaling(logits, y, w)
    s = log_loss_logits(logits, y, w)
    return dict(
        log_loss=s, refinement=t["loss"], calibration=s - t["loss"], temperature=t["temperature"]
    )


@registered
def log_loss_binned_decomposition(p, y, w=None):
    """Binary, groups = distinct p: LL = mean KL(ybar_g||p_g) - mean KL(ybar_g||ybar) + H(ybar)."""
    p, y = floats(p), floats(y)
    w = weights(w, len(p))
    p, y, w = p[w > 0], y[w > 0], w[w > 0]
    u, sw, swy = tie_groups(p, w, w * y)
    c, q = swy / sw, sw / sw.sum()
    m = float((q * c).sum())

    def kl(a, b):
        return (
            special.xlogy(a, a)
            - special.xlogy(a, b)
            + special.xlogy(1 - a, 1 - a)
            - special.xlogy(1 - a, 1 - b)
        )

    rel, res = float((q * kl(c, u)).sum()), float((q * kl(c, np.full_like(c, m))).sum())
    unc = float(-(special.xlogy(m, m) + special.xlogy(1 - m, 1 - m)))
    return dict(reliability=rel, resolution=res, uncertainty=unc, log_loss=rel - res + unc)
