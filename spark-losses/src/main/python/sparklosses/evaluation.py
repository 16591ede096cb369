# SPDX-License-Identifier: Apache-2.0
"""The evaluation of a table of predictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sparklosses import _request
from sparklosses._request import Slices, Texts
from sparklosses.result import EvaluationResult

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class Evaluation:
    """Evaluates a table of predictions in one pass: all metrics, of all rows and of slices.

    >>> result = Evaluation(
    ...     logits="logits",
    ...     label="label",
    ...     slices=["country", ["country", "device"]],
    ...     metrics=["log_loss", "ece(n_bins=10)"],
    ... ).run(table)
    >>> result.metrics["log_loss"].value

    The same on classic Spark and on Spark Connect, from Spark 4.0 on. What a setting says, its
    range and its default are those of the method of that name of
    ``org.sparklosses.evaluate.Evaluation``.

    Parameters
    ----------
    logits, probabilities
        The column of predictions; one of the two. An array of numbers or a Vector of MLlib, or, of
        two classes, one number: that of class 1.
    label
        The column of labels, class indices from 0; ``"label"`` by default.
    weight
        The column of weights; every row weighs 1 without one.
    key
        The column that names a row in messages.
    slices
        Columns by whose values the rows are sliced; a list of columns is of their combinations.
    slice_limit
        The most values that a slice may have; 10,000 by default.
    metrics
        Each as ``"name"`` or ``"name(parameter=value, ...)"``; a first set by default.
    settings
        A table of one row whose columns are settings of metrics that are named without them, such
        as class weights that a query counted.
    compat
        Takes the conventions of ``"sklearn"``, ``"torchmetrics"``, ``"netcal"`` or ``"mllib"`` for
        what the metrics leave unsaid.
    policies
        What is done about rows with a fault, by its name: ``"fail"``, the default, or ``"drop"``,
        as ``{"null_label": "drop"}``.
    classes
        The number of classes; otherwise the rows decide, and must agree.
    class_names
        What classes 0, 1, ... are called, in reports and by labels that are texts or truth values.
    positive
        The value of the label that is class 1 of two; all others are class 0.
    renormalise
        Divides the probabilities of each row by their sum, as a softmax in half precision needs.
    ignore_index
        The label whose rows are left out; -100 by default.
    figures
        Also evaluates what the figures of the report are drawn from.
    bootstrap
        Gives metrics intervals by drawing the values of this column, the key of the rows, anew.
    cluster
        The same by the column of groups of rows that depend on each other.
    replicates, seed
        Of the bootstrap; 200 and 42 by default.
    level
        The probability that intervals are to cover; 0.95 by default.
    standard_errors
        Gives means standard errors and intervals by formula.
    gates
        Conditions that are not to hold, as ``"slice(country): accuracy < 0.8"``: see
        :attr:`EvaluationResult.gates`.
    title
        Of the report.
    bins
        Whether the result has the bins of reliability diagrams; the report always does.
    """

    def __init__(
        self,
        *,
        logits: str | None = None,
        probabilities: str | None = None,
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
        figures: bool = False,
        bootstrap: str | None = None,
        cluster: str | None = None,
        replicates: int | None = None,
        seed: int | None = None,
        level: float | None = None,
        standard_errors: bool = False,
        gates: Texts | None = None,
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
            "figures": figures,
            "bootstrap": bootstrap,
            "cluster": cluster,
            "replicates": replicates,
            "seed": seed,
            "level": level,
            "standard_errors": standard_errors,
            "gates": gates,
            "title": title,
            "bins": bins,
        }

    def run(self, table: DataFrame) -> EvaluationResult:
        """Evaluates a table.

        Raises ``pyspark.errors.IllegalArgumentException``, with one line that names the column, the
        value and the remedy, if a setting, a column or a row cannot be used.
        """
        documents = _request.run("evaluation", self._given, table, {"settings": self._settings})
        return EvaluationResult.of(documents, self._metrics)

    def __repr__(self) -> str:
        return _request.call_text("Evaluation", self._given)
