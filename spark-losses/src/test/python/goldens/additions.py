"""additions.json: rankings, figures of classes, forecasts, log-sum-exp, top-k softmax and
multi-label figures, by numpy, scipy and scikit-learn, with their inputs.

The inputs are drawn here from one generator, so that a new part goes behind the others.
"""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
from scipy import special, stats
from sklearn import metrics

from goldens.values import MISSING, Comparison, encoded


def make(path: Path, comparison: Comparison) -> str:
    """The text of the file as it should be."""
    stored = json.loads(path.read_text())
    document: dict[str, list[Any]] = {}
    for part, sets in golden().items():
        there = stored.get(part, [])
        document[part] = [
            comparison.keep(f"{part}[{i}]", there[i] if i < len(there) else MISSING, encoded(made))
            for i, made in enumerate(sets)
        ]
    return json.dumps(document) + "\n"


def operating(y, s, fpr):
    """TPR at the last threshold from above with a false positive rate of at most fpr."""
    best = 0.0
    for t in sorted(set(s), reverse=True):
        if np.mean(s[y == 0] >= t) <= fpr:
            best = float(np.mean(s[y == 1] >= t))
    return best


def equal_error(y, s):
    """Where FNR - FPR changes sign, linear between neighbouring points of the ROC curve."""
    points = [(0.0, 1.0)]
    for t in sorted(set(s), reverse=True):
        points.append((float(np.mean(s[y == 0] >= t)), float(np.mean(s[y == 1] < t))))
    for (f0, m0), (f1, m1) in zip(points, points[1:]):
        if m0 - f0 > 0 >= m1 - f1:
            share = (m0 - f0) / ((m0 - f0) - (m1 - f1))
            return f0 + share * (f1 - f0)
    return math.nan


def ranking(rng, n, digits):
    s = np.round(rng.uniform(size=n), digits)
    y = (rng.uniform(size=n) < 0.2 + 0.6 * s).astype(int)
    return {
        "p": s.tolist(),
        "y": y.tolist(),
        "spearman": stats.spearmanr(s, y)[0],
        "kendall": stats.kendalltau(s, y)[0],
        "pearson": stats.pearsonr(s, y)[0],
        "equal_error_rate": equal_error(y, s),
        "tpr_at_fpr": {str(f): operating(y, s, f) for f in (0.01, 0.05, 0.2, 1.0)},
    }


def classes(rng, n, k):
    z = np.round(rng.normal(size=(n, k)), 2)
    y = rng.integers(0, k, size=n)
    w = np.round(rng.uniform(0.5, 3, size=n), 2)
    predicted = z.argmax(1)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        y, predicted, labels=range(k), sample_weight=w, zero_division=0
    )
    f2 = metrics.fbeta_score(
        y, predicted, beta=2, labels=range(k), average=None, sample_weight=w, zero_division=0
    )
    nll = special.logsumexp(z, axis=1) - z[np.arange(n), y]
    mean = np.average(nll, weights=w)
    error = math.sqrt(n / (n - 1) * np.sum((w * (nll - mean)) ** 2)) / w.sum()
    reach = stats.norm.ppf(0.975) * error
    return {
        "logits": z.tolist(),
        "y": y.tolist(),
        "w": w.tolist(),
        "precision": precision.tolist(),
        "recall": recall.tolist(),
        "f1": f1.tolist(),
        "f2": f2.tolist(),
        "figures": figures(y, z, w),
        "perplexity": math.exp(mean),
        "perplexity_low": math.exp(mean - reach),
        "perplexity_high": math.exp(mean + reach),
        "perplexity_se": math.exp(mean) * error,
    }


def figures(y, z, w):
    """Of all classes, by what asks for them."""
    predicted = z.argmax(1)
    p = special.softmax(z, axis=1)
    beta = 0.5
    chosen = z[np.arange(len(y)), y]
    made = {
        "accuracy": metrics.accuracy_score(y, predicted, sample_weight=w),
        "balanced_accuracy": metrics.balanced_accuracy_score(y, predicted, sample_weight=w),
        "mcc": metrics.matthews_corrcoef(y, predicted, sample_weight=w),
        "mean_confidence": np.average(p.max(1), weights=w),
        "predictive_entropy": np.average(special.entr(p).sum(1), weights=w),
        "scaled_log_loss(beta=0.5)": {
            "loss": np.average(special.logsumexp(beta * z, axis=1) - beta * chosen, weights=w),
            "slope": np.average((special.softmax(beta * z, axis=1) * z).sum(1) - chosen, weights=w),
        },
    }
    for name, weights in (("none", None), ("linear", "linear"), ("quadratic", "quadratic")):
        made[f"cohen_kappa(weights={name})"] = metrics.cohen_kappa_score(
            y, predicted, weights=weights, sample_weight=w
        )
    return made


def forecast(rng, n, offset):
    y = offset + rng.normal(size=n)
    f = y + 0.5 * rng.normal(size=n)
    w = np.round(rng.uniform(0.5, 3, size=n), 2)
    return {
        "y": y.tolist(),
        "forecast": f.tolist(),
        "w": w.tolist(),
        "rmse": math.sqrt(metrics.mean_squared_error(y, f, sample_weight=w)),
        "mae": metrics.mean_absolute_error(y, f, sample_weight=w),
        "r2": metrics.r2_score(y, f, sample_weight=w),
    }


def logsumexp(values):
    return {"values": values, "expected": float(special.logsumexp(values))}


def top_k(z, k):
    z = np.array(z)
    p = special.softmax(z)
    order = np.argsort(-z, kind="stable")[:k]
    return {"logits": z.tolist(), "k": k, "classes": order.tolist(), "p": p[order].tolist()}


def multilabel(rng, n, labels, digits):
    s = np.round(rng.uniform(size=(n, labels)), digits)
    t = (rng.uniform(size=(n, labels)) < 0.1 + 0.6 * s**2).astype(int)
    t[:, labels - 1] = 0  # a label without positives
    predicted = (s > 0.5).astype(int)
    has = t.sum(0) > 0
    hits = (predicted * t).sum(0)
    cp = float(np.mean([h / q if q else 0.0 for h, q in zip(hits[has], predicted.sum(0)[has])]))
    cr = float(np.mean(hits[has] / t.sum(0)[has]))
    return {
        "scores": s.tolist(),
        "targets": t.tolist(),
        "map": float(
            np.mean(
                [metrics.average_precision_score(t[:, k], s[:, k]) for k in range(labels) if has[k]]
            )
        ),
        "cp": cp,
        "cr": cr,
        "cf1": 2 * cp * cr / (cp + cr),
        "op": metrics.precision_score(t, predicted, average="micro"),
        "or": metrics.recall_score(t, predicted, average="micro"),
        "of1": metrics.f1_score(t, predicted, average="micro"),
        "hamming": metrics.hamming_loss(t, predicted),
        "subset_accuracy": metrics.accuracy_score(t, predicted),
    }


def golden() -> dict[str, list[Any]]:
    """The parts of the file."""
    rng = np.random.default_rng(13)
    return {
        "ranking": [ranking(rng, 40, 1), ranking(rng, 200, 2), ranking(rng, 300, 6)],
        "classes": [classes(rng, 60, 3), classes(rng, 200, 5)],
        "forecast": [forecast(rng, 50, 0), forecast(rng, 80, 1e6)],
        "logsumexp": [
            logsumexp([0.1, 0.2, -3.0]),
            logsumexp(rng.normal(size=300).tolist()),
            logsumexp((200 * rng.normal(size=300)).tolist()),
            logsumexp([256.1, 255.9, 256.0, -1000.0]),
            logsumexp([1e5, 1e5 - 1, -1e300]),
            logsumexp([-1e5, -1e5 + 2.5]),
        ],
        "softmax_top_k": [
            top_k([2.0, 0.5, -1.0], 2),
            top_k([1.0, 3.0, 3.0, 0.0, 3.0], 2),
            top_k([0.5, -0.25], 7),
        ],
        "multilabel": [multilabel(rng, 40, 4, 1), multilabel(rng, 150, 6, 3)],
    }
