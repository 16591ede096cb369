"""calibration_real_peers.json: what other libraries give on the inputs of calibration/real_*.json.

Made here are the values of scikit-learn over all rows. Those of the others are data: torchmetrics,
netcal, verified_calibration, uncertainty-metrics, relplot, MAPIE, statsmodels, scoringrules and an
implementation of DeLong's test, each run once; so are scikit-learn's of calibrators, which were
fitted on a part of the rows that the inputs do not name.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn import metrics

from goldens.values import Comparison, encoded

Figure = Callable[[np.ndarray, np.ndarray, dict[str, Any]], Any]


def predicted(P: np.ndarray) -> np.ndarray:
    return P.argmax(axis=1)


SCIKIT_LEARN: dict[str, Figure] = {
    "log_loss_probs": lambda y, P, params: metrics.log_loss(y, P),
    "log_loss_logits": lambda y, P, params: metrics.log_loss(y, P),
    "brier_binary": lambda y, P, params: metrics.brier_score_loss(y, P[:, 1]),
    "brier_multiclass": lambda y, P, params: metrics.brier_score_loss(y, P),
    "roc_auc": lambda y, P, params: metrics.roc_auc_score(y, P[:, 1]),
    "roc_auc_multiclass": lambda y, P, params: metrics.roc_auc_score(y, P, **params),
    "average_precision": lambda y, P, params: metrics.average_precision_score(y, P[:, 1]),
    "top_k_accuracy": lambda y, P, params: metrics.top_k_accuracy_score(y, P, **params),
    "classification_report.accuracy": lambda y, P, params: metrics.accuracy_score(y, predicted(P)),
    "classification_report.balanced_accuracy": lambda y, P, params: metrics.balanced_accuracy_score(
        y, predicted(P)
    ),
    "classification_report.mcc": lambda y, P, params: metrics.matthews_corrcoef(y, predicted(P)),
    "classification_report.kappa": lambda y, P, params: metrics.cohen_kappa_score(y, predicted(P)),
    "classification_report.fbeta_macro": lambda y, P, params: metrics.f1_score(
        y, predicted(P), average="macro"
    ),
}


def make(path: Path, comparison: Comparison) -> str:
    """The text of the file as it should be."""
    document = json.loads(path.read_text())
    for name, table in document.items():
        inputs = json.loads((path.parent / "calibration" / f"{name}.json").read_text())["inputs"]
        y = np.array(inputs["y"])
        P = np.array(inputs["probs"]) if "probs" in inputs else of_two(np.array(inputs["p"]))
        for entry in table["values"]:
            figure = SCIKIT_LEARN.get(entry["name"])
            if entry["peer"] == "sklearn" and entry["rows"] == "all" and figure:
                made = encoded(figure(y, P, entry["params"]))
                where = f"{name} {entry['name']} {json.dumps(entry['params'])}"
                entry["value"] = comparison.keep(where, entry["value"], made)
            else:
                comparison.unmade += 1
    return json.dumps(document, indent=1)


def of_two(p: np.ndarray) -> np.ndarray:
    return np.stack([1 - p, p], axis=1)
