"""Selective prediction: risk against coverage."""

import numpy as np
from scipy import special

from .arrays import drop_unweighted, floats, tie_groups, weights
from .ranking import trapezoid
from .registry import registered


@registered
def risk_coverage(conf, loss, w=None):
    """Tie groups collapsed, from most to least confident: coverage, selective risk, generalised
    risk, threshold.
    """
    conf, loss = floats(conf), floats(loss)
    w = weights(w, len(conf))
    w, conf, loss = drop_unweighted(w, conf, loss)
    u, sw, sl = tie_groups(conf, w, w * loss)
    cw, cl = np.cumsum(sw[::-1]), np.cumsum(sl[::-1])
    W = cw[-1]
    return dict(coverage=cw / W, selective_risk=cl / cw, generalized_risk=cl / W, threshold=u[::-1])


@registered
def aurc(conf, loss, w=None):
    """step: sum of group weight share x selective risk (Geifman: mean over rows); trapezoid:
    fd-shifts, flat to coverage 0; augrc: trapezoid of generalised risk from (0,0); eaurc:
    trapezoid minus r + (1-r) ln(1-r) (0/1 losses).
    """
    c = risk_coverage(conf, loss, w)
    cov, r, g = c["coverage"], c["selective_risk"], c["generalized_risk"]
    step = float((np.diff(np.concatenate([[0], cov])) * r).sum())
    tr = trapezoid(np.concatenate([[r[0]], r]), np.concatenate([[0], cov]))
    ag = trapezoid(np.concatenate([[0], g]), np.concatenate([[0], cov]))
    e = float(g[-1])
    opt = e + special.xlog1py(1 - e, -e) if e < 1 else 1.0
    return dict(
        step=step,
        trapezoid=tr,
        augrc=ag,
        optimal=float(opt),
        eaurc_step=step - float(opt),
        eaurc_trapezoid=tr - float(opt),
        augrc_optimal=0.5 * e * e,
        risk=e,
    )


@registered
def coverage_at_risk(conf, loss, risk=0.05, w=None):
    c = risk_coverage(conf, loss, w)
    ok = c["selective_risk"] <= risk + 1e-15
    return float(c["coverage"][ok].max()) if ok.any() else 0.0


@registered
def risk_at_coverage(conf, loss, coverage=0.8, w=None):
    """Selective risk at the first threshold whose coverage reaches the target."""
    c = risk_coverage(conf, loss, w)
    return float(c["selective_risk"][int(np.argmax(c["coverage"] >= coverage - 1e-12))])


@registered
def cascade_curve(conf, loss_small, loss_large, cost_small, cost_large, w=None):
    """Accept the small model when conf >= t, else run the large one as well. One point per
    threshold, from t = +inf down: cost = cost_small + (1-coverage) cost_large ; loss = accepted
    small losses + rejected large losses.
    """
    conf, a, b = floats(conf), floats(loss_small), floats(loss_large)
    w = weights(w, len(conf))
    u, sw, sa, sb = tie_groups(conf, w, w * a, w * b)
    W = sw.sum()
    cw = np.concatenate([[0], np.cumsum(sw[::-1])])
    ca = np.concatenate([[0], np.cumsum(sa[::-1])])
    cb = sb.sum() - np.concatenate([[0], np.cumsum(sb[::-1])])
    return dict(coverage=cw / W, cost=cost_small + (1 - cw / W) * cost_large, loss=(ca + cb) / W)
