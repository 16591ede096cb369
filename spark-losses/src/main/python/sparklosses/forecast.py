# SPDX-License-Identifier: Apache-2.0
"""The evaluation of forecasts of a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sparklosses import _request
from sparklosses._request import Slices, Texts
from sparklosses.result import EvaluationResult

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class ForecastEvaluation:
    """Evaluates a table of forecasts of a number in one pass, of all rows and of slices.

    >>> result = ForecastEvaluation(mean="mu", sigma="sigma", label="y", slices=["site"]).run(table)
    >>> result.metrics["crps_gaussian"].value

    The same on classic Spark and on Spark Connect, from Spark 4.0 on. What a setting says, its
    range and its default are those of the method of that name of
    ``org.sparklosses.forecast.ForecastEvaluation``. The forecasts are of one of five kinds.

    Parameters
    ----------
    point
        The column of forecasts that are numbers.
    mean, sigma
        The columns of means and standard deviations of normal forecasts.
    low, high, alpha
        The columns of the ends of central intervals, and the share outside, in (0, 1).
    quantiles, levels
        The column of arrays of quantiles, and their levels, ascending and distinct, in [0, 1].
    ensemble
        The column of arrays of what the members forecast.
    label
        The column of the numbers that came true; ``"label"`` by default.
    weight, slices, slice_limit, policies
        As of an :class:`~sparklosses.evaluation.Evaluation`.
    bootstrap, cluster, replicates, seed, level, standard_errors, gates, title, bins
        As of an :class:`~sparklosses.evaluation.Evaluation`.
    """

    def __init__(
        self,
        *,
        point: str | None = None,
        mean: str | None = None,
        sigma: str | None = None,
        low: str | None = None,
        high: str | None = None,
        alpha: float | None = None,
        quantiles: str | None = None,
        levels: Sequence[float] | None = None,
        ensemble: str | None = None,
        label: str | None = None,
        weight: str | None = None,
        slices: Slices | None = None,
        slice_limit: int | None = None,
        policies: Mapping[str, str] | None = None,
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
        self._given = {
            "point": point,
            "mean": mean,
            "sigma": sigma,
            "low": low,
            "high": high,
            "alpha": alpha,
            "quantiles": quantiles,
            "levels": levels,
            "ensemble": ensemble,
            "label": label,
            "weight": weight,
            "slices": slices,
            "slice_limit": slice_limit,
            "policies": policies,
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
        return EvaluationResult.of(_request.run("forecast", self._given, table))

    def __repr__(self) -> str:
        return _request.call_text("ForecastEvaluation", self._given)
