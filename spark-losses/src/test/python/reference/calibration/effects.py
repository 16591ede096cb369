"""Calibration of predicted effects."""

import numpy as np

from .arrays import floats, weights
from .bins import bin_mass
from .isotonic import isotonic_fit
from .registry import registered


@registered
def aipw_pseudo_outcome(a, y, mu0, mu1, e):
    a, y, mu0, mu1, e = map(floats, (a, y, mu0, mu1, e))
    return mu1 - mu0 + (a - e) / (e * (1 - e)) * (y - np.where(a > 0.5, mu1, mu0))


@registered
def causal_isotonic_calibration(tau, chi, w=None):
    """Isotonic regression of the doubly robust pseudo-outcome chi on the predicted effect tau (van
    der Laan et al. 2023).
    """
    u, g = isotonic_fit(tau, chi, w)
    return dict(x=u, y=g)


@registered
def cate_calibration_error(tau, chi, n_bins=10, w=None):
    """Equal-mass binned L2 calibration error of an effect predictor against pseudo-outcomes:
    plug-in, and debiased by the within-bin variance of (chi - tau) over (neff - 1).
    """
    tau, chi = floats(tau), floats(chi)
    w = weights(w, len(tau))
    i = bin_mass(tau, n_bins, w)
    r = chi - tau

    def f(v):
        return np.bincount(i, weights=v, minlength=n_bins)

    sw, s2, sr, srr = f(w), f(w * w), f(w * r), f(w * r * r)
    k = sw > 0
    m = sr[k] / sw[k]
    var = srr[k] / sw[k] - m**2
    ne = sw[k] ** 2 / s2[k]
    q = sw[k] / sw.sum()
    db = np.where(ne > 1 + 1e-9, m**2 - var / np.maximum(ne - 1, 1e-300), 0)
    return dict(plugin=float((q * m**2).sum()), debiased=float((q * db).sum()))
