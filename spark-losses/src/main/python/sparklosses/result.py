# SPDX-License-Identifier: Apache-2.0
"""Results: plain values that outlive the session that found them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sparklosses import _display, _names
from sparklosses._display import Report
from sparklosses._request import Documents
from sparklosses._values import (
    Bin,
    CalibrationTest,
    ClassEntry,
    Difference,
    Gate,
    Interval,
    McNemar,
    Metric,
    Metrics,
    Reliability,
    Slice,
    SliceComparison,
    Table,
    Violation,
    as_plain,
    frozen,
    slice_label,
)

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

__all__ = [
    "Bin",
    "CalibrationTest",
    "ClassEntry",
    "ComparisonResult",
    "Difference",
    "EvaluationResult",
    "Gate",
    "Interval",
    "McNemar",
    "Metric",
    "Metrics",
    "Reliability",
    "Report",
    "Slice",
    "SliceComparison",
    "Table",
    "Violation",
]

_SHOWN = 30
"""A fragment has that many lines; the report has all."""


class _Result:
    """What results share: their texts."""

    _documents: Documents

    @property
    def json(self) -> str:
        """All of it as JSON, with every digit; NaN and the infinities are texts there."""
        return self._documents.json

    def report(self, height: int = 800) -> Report:
        """The report, which notebooks show in a frame of that many pixels."""
        if self._documents.html is None:
            raise ValueError("a result that was read from JSON has no page; run the evaluation")
        return Report(self._documents.html, height)

    def save(self, path: str | Path) -> None:
        """Writes the report to a file ``.html``, or all values to a file ``.json``."""
        suffix = Path(path).suffix.lower()
        if suffix in (".html", ".htm"):
            self.report().save(path)
        elif suffix == ".json":
            Path(path).write_text(self.json, encoding="utf-8")
        else:
            raise ValueError(
                f"'{path}' is neither .html, for the report, nor .json, for the values"
            )

    def __str__(self) -> str:
        return self._documents.console or repr(self)


class EvaluationResult(_Result):
    """What an evaluation found, of predictions or of forecasts.

    ``print`` shows it as a table, and so do notebooks, which show the whole report by
    :meth:`report`.
    """

    def __init__(
        self,
        documents: Documents,
        settings: Mapping[str, str],
        classes: int,
        class_names: tuple[str, ...],
        overall: Slice,
        slices: tuple[Slice, ...],
        gates: tuple[Gate, ...],
    ) -> None:
        self._documents = documents
        self.settings = settings
        """What was evaluated: columns, policies, versions, and the kernels of the executors."""
        self.classes = classes
        """The number of classes; 0 if no row could be evaluated, and of forecasts."""
        self.class_names = class_names
        """What classes are called; empty where they have no names."""
        self.overall = overall
        """All rows."""
        self.slices = slices
        """The slices, by declaration, then by value."""
        self.gates = gates
        """What became of the gates."""

    @classmethod
    def of(cls, documents: Documents, asked: Sequence[str] | None = None) -> EvaluationResult:
        """Of its texts, with the metrics that were asked for."""
        root = json.loads(documents.json)
        labels = asked or ()
        return cls(
            documents=documents,
            settings=frozen(root["settings"]),
            classes=root["classes"],
            class_names=tuple(root.get("class_names", ())),
            overall=Slice.of(root["overall"], labels),
            slices=tuple(Slice.of(entry, labels) for entry in root["slices"]),
            gates=tuple(Gate.of(entry) for entry in root.get("gates", ())),
        )

    @classmethod
    def from_json(cls, text: str) -> EvaluationResult:
        """Reads what :attr:`json` gave, or the ``evaluation.json`` of the job; it has no report."""
        return cls.of(Documents(text))

    @property
    def metrics(self) -> Metrics:
        """The metrics of all rows, by what they were asked for as, or by name."""
        return self.overall.metrics

    @property
    def ledger(self) -> Mapping[str, int]:
        """How many of all rows had which fault or finding."""
        return self.overall.ledger

    @property
    def violated(self) -> tuple[Gate, ...]:
        """The gates that are violated."""
        return tuple(gate for gate in self.gates if gate.violated)

    def to_dict(self) -> dict[str, Any]:
        """The same as dicts, lists, numbers and texts; NaN and the infinities are floats."""
        return {
            "settings": dict(self.settings),
            "classes": self.classes,
            "class_names": list(self.class_names),
            "overall": as_plain(self.overall),
            "slices": as_plain(self.slices),
            "gates": as_plain(self.gates),
        }

    def to_pandas(self) -> pd.DataFrame:
        """One row for each part of each metric of each slice.

        Columns: ``slice`` as text, ``slice.COLUMN`` for each column of slices, ``metric``,
        ``part``, ``value``, ``low``, ``high``, ``se`` and ``rows``.
        """
        columns = _slice_columns(entry.slice for entry in self._all())
        rows = []
        for entry in self._all():
            for metric in entry.metrics.all:
                for part, value in metric.parts.items():
                    interval = metric.intervals.get(part)
                    rows.append(
                        {
                            **_slice_cells(entry.slice, columns),
                            "metric": metric.label,
                            "part": part,
                            "value": value,
                            "low": math.nan if interval is None else interval.low,
                            "high": math.nan if interval is None else interval.high,
                            "se": math.nan if interval is None else interval.standard_error,
                            "rows": entry.rows_evaluated,
                        }
                    )
        return _frame(
            rows, [*_heads(columns), "metric", "part", "value", "low", "high", "se", "rows"]
        )

    def flat(self) -> dict[str, float]:
        """All values by names that MLflow and others take: ``mlflow.log_metrics(result.flat())``.

        ``log_loss``, ``ece_n_bins_10.ci_low``, ``murphy_decomposition.resolution``, and in front
        the slice: ``country_NO/log_loss``.
        """
        return _names.flat(
            (_names.joined(_slice_word(entry.slice), name), value)
            for entry in self._all()
            for name, value in _metric_words(entry)
        )

    def _all(self) -> tuple[Slice, ...]:
        return (self.overall, *self.slices)

    def _repr_html_(self) -> str:
        rows = [
            (
                metric.label,
                _display.digits(metric.value),
                ""
                if metric.interval is None
                else _display.span(metric.interval.low, metric.interval.high),
            )
            for metric in self.metrics.all[:_SHOWN]
        ]
        return _display.fragment(
            self._caption(), ("metric", "value", "interval"), rows, self._note()
        )

    def _caption(self) -> str:
        seen, used = self.overall.rows_seen, self.overall.rows_evaluated
        return f"{used:,} rows" + ("" if seen == used else f" of {seen:,}")

    def _note(self) -> str:
        notes = [f"violated: {gate.gate}" for gate in self.violated]
        if len(self.metrics.all) > _SHOWN:
            notes.append(f"{len(self.metrics.all) - _SHOWN} more metrics: to_pandas()")
        if self.slices:
            notes.append(f"{len(self.slices):,} slices: to_pandas(), or report()")
        return "; ".join(notes)

    def __repr__(self) -> str:
        shown = [
            f"{metric.label}={_display.digits(metric.value)}" for metric in self.metrics.all[:3]
        ]
        more = "" if len(self.metrics.all) <= 3 else ", ..."
        slices = f", {len(self.slices):,} slices" if self.slices else ""
        return f"<EvaluationResult: {self._caption()}{slices}: {', '.join(shown)}{more}>"


class ComparisonResult(_Result):
    """What a comparison of models found.

    ``print`` shows it as a table, and so do notebooks, which show the whole report by
    :meth:`report`.
    """

    def __init__(
        self,
        documents: Documents,
        settings: Mapping[str, str],
        models: tuple[str, ...],
        classes: int,
        level: float,
        keys: Mapping[str, int] | None,
        overall: SliceComparison,
        slices: tuple[SliceComparison, ...],
        miscalibrated: tuple[tuple[Mapping[str, str | None], str], ...],
    ) -> None:
        self._documents = documents
        self.settings = settings
        """What was compared: columns, policies, versions, and the kernels of the executors."""
        self.models = models
        """What models are called, the baseline first."""
        self.classes = classes
        """The number of classes; 0 if no row could be evaluated."""
        self.level = level
        """The probability that intervals are to cover."""
        self.keys = keys
        """Of two tables, how many keys were ``matched``, ``only_first`` and ``only_second``."""
        self.overall = overall
        """All rows."""
        self.slices = slices
        """The slices, by declaration, then by value."""
        self.miscalibrated = miscalibrated
        """Slices and models whose test of calibration stands after Holm's adjustment."""

    @classmethod
    def of(cls, documents: Documents, asked: Sequence[str] | None = None) -> ComparisonResult:
        """Of its texts, with the metrics that were asked for."""
        root = json.loads(documents.json)
        labels = asked or ()
        return cls(
            documents=documents,
            settings=frozen(root["settings"]),
            models=tuple(root["models"]),
            classes=root["classes"],
            level=float(root["level"]),
            keys=frozen(root["keys"]) if "keys" in root else None,
            overall=SliceComparison.of(root["overall"], labels),
            slices=tuple(SliceComparison.of(entry, labels) for entry in root["slices"]),
            miscalibrated=tuple(
                (frozen(entry["slice"]), entry["model"]) for entry in root["miscalibrated"]
            ),
        )

    @classmethod
    def from_json(cls, text: str) -> ComparisonResult:
        """Reads what :attr:`json` gave, or the ``comparison.json`` of the job; it has no report."""
        return cls.of(Documents(text))

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Of all rows."""
        return self.overall.differences

    def difference(self, metric: str, model: str | None = None) -> Difference:
        """That of a metric, over all rows; of the last model unless one is named."""
        name = self.models[-1] if model is None else model
        wanted = "".join(metric.split())
        for found in self.differences:
            if "".join(found.metric.split()) == wanted and found.model == name:
                return found
        known = ", ".join(f"{found.metric} of {found.model}" for found in self.differences)
        raise KeyError(f"no difference of '{metric}' of model '{name}'; there are {known}")

    def to_dict(self) -> dict[str, Any]:
        """The same as dicts, lists, numbers and texts; NaN and the infinities are floats."""
        return {
            "settings": dict(self.settings),
            "models": list(self.models),
            "classes": self.classes,
            "level": self.level,
            "keys": None if self.keys is None else dict(self.keys),
            "overall": as_plain(self.overall),
            "slices": as_plain(self.slices),
            "miscalibrated": [
                {"slice": dict(where), "model": model} for where, model in self.miscalibrated
            ],
        }

    def to_pandas(self) -> pd.DataFrame:
        """One row for each metric and model but the baseline of each slice.

        Columns: ``slice`` as text, ``slice.COLUMN`` for each column of slices, ``metric``,
        ``model``, ``baseline``, ``value``, ``difference``, ``low``, ``high``, ``se``, ``test``,
        ``p_value``, ``p_holm``, ``p_benjamini_hochberg`` and ``rows``.
        """
        columns = _slice_columns(entry.slice for entry in self._all())
        rows = [
            {
                **_slice_cells(entry.slice, columns),
                "metric": found.metric,
                "model": found.model,
                "baseline": found.baseline,
                "value": found.value,
                "difference": found.difference,
                "low": found.low,
                "high": found.high,
                "se": found.standard_error,
                "test": found.test,
                "p_value": found.p_value,
                "p_holm": found.p_holm,
                "p_benjamini_hochberg": found.p_benjamini_hochberg,
                "rows": entry.rows_evaluated,
            }
            for entry in self._all()
            for found in entry.differences
        ]
        return _frame(
            rows,
            [
                *_heads(columns),
                "metric",
                "model",
                "baseline",
                "value",
                "difference",
                "low",
                "high",
                "se",
                "test",
                "p_value",
                "p_holm",
                "p_benjamini_hochberg",
                "rows",
            ],
        )

    def flat(self) -> dict[str, float]:
        """All values by names that MLflow and others take: ``mlflow.log_metrics(result.flat())``.

        ``new/log_loss``, ``new/log_loss.difference``, ``new/log_loss.p_value``, and in front the
        slice: ``country_NO/new/log_loss``.
        """
        return _names.flat(
            (_names.joined(_slice_word(entry.slice), name), value)
            for entry in self._all()
            for name, value in _model_words(entry)
        )

    def _all(self) -> tuple[SliceComparison, ...]:
        return (self.overall, *self.slices)

    def _repr_html_(self) -> str:
        rows = [
            (
                f"{found.metric}, {found.model}",
                _display.digits(found.baseline),
                _display.digits(found.value),
                _display.digits(found.difference),
                _display.span(found.low, found.high),
                "" if math.isnan(found.p_value) else f"{found.p_value:.3g}",
            )
            for found in self.differences[:_SHOWN]
        ]
        note = f"{len(self.slices):,} slices: to_pandas(), or report()" if self.slices else ""
        return _display.fragment(
            f"{self.overall.rows_evaluated:,} rows, compared to {self.models[0]}",
            ("metric, model", self.models[0], "value", "difference", "interval", "p"),
            rows,
            note,
        )

    def __repr__(self) -> str:
        shown = [
            f"{found.metric} of {found.model} {found.difference:+.6g}"
            for found in self.differences[:3]
        ]
        more = "" if len(self.differences) <= 3 else ", ..."
        slices = f", {len(self.slices):,} slices" if self.slices else ""
        return (
            f"<ComparisonResult: {self.overall.rows_evaluated:,} rows{slices}, compared to"
            f" {self.models[0]}: {', '.join(shown)}{more}>"
        )


def _slice_columns(slices: Iterator[Mapping[str, str | None]]) -> list[str]:
    return list(dict.fromkeys(column for values in slices for column in values))


def _heads(columns: Sequence[str]) -> list[str]:
    return ["slice", *(f"slice.{column}" for column in columns)]


def _slice_cells(values: Mapping[str, str | None], columns: Sequence[str]) -> dict[str, str | None]:
    return {
        "slice": slice_label(values),
        **{f"slice.{column}": values.get(column) for column in columns},
    }


def _slice_word(values: Mapping[str, str | None]) -> str:
    return ".".join(
        f"{_names.word(column)}_{'NULL' if value is None else _names.word(value)}"
        for column, value in values.items()
    )


def _metric_words(entry: Slice) -> Iterator[tuple[str, float]]:
    for metric in entry.metrics.all:
        for part, value in metric.parts.items():
            name = _names.word(metric.label) + ("" if part == "value" else f".{_names.word(part)}")
            yield name, value
            interval = metric.intervals.get(part)
            if interval is not None:
                yield f"{name}.ci_low", interval.low
                yield f"{name}.ci_high", interval.high
                yield f"{name}.se", interval.standard_error


def _model_words(entry: SliceComparison) -> Iterator[tuple[str, float]]:
    for model, found in entry.models.items():
        for name, value in _metric_words(found):
            yield f"{_names.word(model)}/{name}", value
    for difference in entry.differences:
        name = f"{_names.word(difference.model)}/{_names.word(difference.metric)}"
        yield f"{name}.difference", difference.difference
        yield f"{name}.difference.ci_low", difference.low
        yield f"{name}.difference.ci_high", difference.high
        yield f"{name}.difference.se", difference.standard_error
        yield f"{name}.p_value", difference.p_value


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    try:
        import pandas
    except ImportError as e:
        raise ImportError(
            "to_pandas() needs pandas: pip install pandas; to_dict() and flat() do without",
            name="pandas",
        ) from e
    return pandas.DataFrame(list(rows), columns=list(columns))
