# SPDX-License-Identifier: Apache-2.0
"""The comparison of models on the same rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sparklosses import _request
from sparklosses._request import Slices, Texts
from sparklosses.result import ComparisonResult

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class Comparison:
    """Compares models on the same rows: metrics, differences to the first model, and tests.

    >>> result = Comparison(
    ...     logits={"old": "logits_old", "new": "logits_new"},
    ...     label="label",
    ...     slices=["country"],
    ... ).run(table)
    >>> result.difference("log_loss", "new").p_value

    The same on classic Spark and on Spark Connect, from Spark 4.0 on. Settings are those of an
    :class:`~sparklosses.evaluation.Evaluation`, and judge all models; only these are others:

    Parameters
    ----------
    logits, probabilities
        The column of predictions of each model, by its name; one of the two. The first is the
        baseline.
    metrics
        ``log_loss``, ``brier``, ``accuracy`` and ``top_label_calibration_error`` by default.
    key
        The column by which two tables are joined; otherwise the one that names a row in messages.
    bootstrap, cluster
        Also test the metrics that have an interval by them.
    """

    def __init__(
        self,
        *,
        logits: Mapping[str, str] | None = None,
        probabilities: Mapping[str, str] | None = None,
        label: str | None = None,
        weight: str | None = None,
        key: str | None = None,
        slices: Slices | None = None,
        slice_limit: int | None = None,
        metrics: Texts | None = None,
        settings: DataFrame | None = None,
        compat: str | None = None,
        policies: Mapping[str, str] | None = None,
        classes: int | None = None,
        class_names: Texts | None = None,
        positive: str | float | bool | None = None,
        renormalise: bool = False,
        ignore_index: int | None = None,
        bootstrap: str | None = None,
        cluster: str | None = None,
        replicates: int | None = None,
        seed: int | None = None,
        level: float | None = None,
        standard_errors: bool = False,
        title: str | None = None,
        bins: bool = True,
    ) -> None:
        self._metrics = _request.texts(metrics)
        self._settings = settings
        self._given = {
            "logits": logits,
            "probabilities": probabilities,
            "label": label,
            "weight": weight,
            "key": key,
            "slices": slices,
            "slice_limit": slice_limit,
            "metrics": self._metrics,
            "compat": compat,
            "policies": policies,
            "classes": classes,
            "class_names": class_names,
            "positive": positive,
            "renormalise": renormalise,
            "ignore_index": ignore_index,
            "bootstrap": bootstrap,
            "cluster": cluster,
            "replicates": replicates,
            "seed": seed,
            "level": level,
            "standard_errors": standard_errors,
            "title": title,
            "bins": bins,
        }

    def run(self, table: DataFrame, second: DataFrame | None = None) -> ComparisonResult:
        """Compares models whose predictions are columns of one table, or of two.

        Two tables have one model each and are joined by ``key``; label, weight and slices are those
        of the first.

        Raises ``pyspark.errors.IllegalArgumentException``, with one line that names the column, the
        value and the remedy, if a setting, a column or a row cannot be used.
        """
        documents = _request.run(
            "comparison", self._given, table, {"settings": self._settings, "second": second}
        )
        return ComparisonResult.of(documents, self._metrics)

    def __repr__(self) -> str:
        return _request.call_text("Comparison", self._given)
