# SPDX-License-Identifier: Apache-2.0
# Written from the metrics of Java by PythonStagesTest; not to be edited.
"""Which metrics are the better the larger they are, for sessions that cannot ask the JVM."""

from __future__ import annotations

_LARGER_IS_BETTER = {
    "accuracy",
    "auc",
    "average_precision",
    "balanced_accuracy",
    "classification_report",
    "cohen_kappa",
    "coverage_at_risk",
    "f1",
    "f_beta",
    "gini",
    "ks_statistic",
    "lift",
    "mcc",
    "mean_confidence",
    "pr_auc_trapezoid",
    "precision",
    "precision_recall_curve",
    "rank_correlation",
    "recall",
    "roc_auc",
    "roc_auc_multiclass",
    "roc_curve",
    "sharpness",
    "spherical_score",
    "top_k_accuracy",
    "tpr_at_fpr",
}


def is_larger_better(metric: str) -> bool:
    """Whether the largest value of a metric, ``name`` or ``name(...)``, is the best."""
    return metric.split("(", 1)[0].strip().lower() in _LARGER_IS_BETTER
