# SPDX-License-Identifier: Apache-2.0
"""What a result is made of: plain values, read from its JSON."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from types import MappingProxyType
from typing import Any, Union

Number = Union[int, float]


def number(value: Any) -> float:
    """A number of a result; those that are not finite are texts there."""
    return float(value)


def cell(value: Any) -> Number:
    """A number of a table: a count stays whole."""
    return value if isinstance(value, int) else float(value)


def frozen(entries: Mapping[str, Any]) -> Mapping[str, Any]:
    """A mapping that cannot be changed."""
    return MappingProxyType(dict(entries))


def as_plain(value: Any) -> Any:
    """Values as dicts, lists, numbers and texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: as_plain(getattr(value, field.name))
            for field in fields(value)
            if field.repr
        }
    if isinstance(value, Metrics):
        return [as_plain(metric) for metric in value.all]
    if isinstance(value, Mapping):
        return {key: as_plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(entry) for entry in value]
    return value


@dataclass(frozen=True)
class Interval:
    """How sure a value is."""

    low: float
    high: float
    level: float
    """The probability with which such intervals cover the true value."""
    standard_error: float

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Interval:
        return cls(*(number(json[field.name]) for field in fields(cls)))


@dataclass(frozen=True)
class Bin:
    """A bin of a reliability diagram. Means of a bin without rows are NaN."""

    lower: float
    upper: float
    count: int
    sum_weight: float
    mean_predicted: float
    mean_observed: float
    band_deviation: float
    """What the observed mean of a calibrated model deviates by, as its standard deviation."""
    interval: Interval | None = None

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Bin:
        return cls(
            lower=number(json["lower"]),
            upper=number(json["upper"]),
            count=json["count"],
            sum_weight=number(json["sum_weight"]),
            mean_predicted=number(json["mean_predicted"]),
            mean_observed=number(json["mean_observed"]),
            band_deviation=number(json["band_deviation"]),
            interval=Interval.of(json["interval"]) if "interval" in json else None,
        )


@dataclass(frozen=True)
class Reliability:
    """The bins of a reliability diagram."""

    source: str
    side: str
    bins: tuple[Bin, ...]


@dataclass(frozen=True)
class ClassEntry:
    """What is known of one class."""

    label: int
    support: int
    sum_weight: float
    prevalence: float
    mean_predicted: float
    recall: float
    calibration_error: float

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> ClassEntry:
        return cls(
            json["label"],
            json["support"],
            *(number(json[field.name]) for field in fields(cls)[2:]),
        )


@dataclass(frozen=True)
class Table:
    """A table of numbers, as the points of a curve or a confusion matrix."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Number, ...], ...]


@dataclass(frozen=True)
class Metric:
    """A metric, how sure it is, and what it has to show. ``float(metric)`` is its value."""

    label: str
    """As it was asked for; otherwise its name, with the parameters that tell it from others."""
    name: str
    """As the catalogue calls it."""
    params: Mapping[str, Any]
    """All its parameters."""
    parts: Mapping[str, float]
    """What it gives: ``value`` of a scalar, named parts otherwise. NaN where undefined."""
    intervals: Mapping[str, Interval]
    """Of the parts that have one."""
    reliability: Reliability | None = None
    classes: tuple[ClassEntry, ...] | None = None
    tables: tuple[Table, ...] = ()

    @classmethod
    def of(cls, json: Mapping[str, Any], label: str) -> Metric:
        parts = {"value": json["value"]} if "value" in json else json["values"]
        reliability = json.get("reliability")
        classes = json.get("classes")
        return cls(
            label=label,
            name=json["name"],
            params=frozen(json["params"]),
            parts=frozen({part: number(value) for part, value in parts.items()}),
            intervals=frozen(
                {part: Interval.of(entry) for part, entry in json.get("intervals", {}).items()}
            ),
            reliability=None
            if reliability is None
            else Reliability(
                reliability["source"],
                reliability["side"],
                tuple(Bin.of(entry) for entry in reliability["bins"]),
            ),
            classes=None if classes is None else tuple(ClassEntry.of(entry) for entry in classes),
            tables=tuple(
                Table(
                    table["name"],
                    tuple(table["columns"]),
                    tuple(tuple(cell(entry) for entry in row) for row in table["rows"]),
                )
                for table in json.get("tables", ())
            ),
        )

    @property
    def value(self) -> float:
        """The scalar, or the first part."""
        return next(iter(self.parts.values()))

    @property
    def interval(self) -> Interval | None:
        """That of the scalar or the first part; None where there is none."""
        return self.intervals.get(next(iter(self.parts)))

    @property
    def standard_error(self) -> float | None:
        """That of the scalar or the first part; None where there is none."""
        return None if self.interval is None else self.interval.standard_error

    @property
    def error_bound(self) -> float | None:
        """How far the value can be from that of all distinct scores; None of one that is exact."""
        return self.parts.get("error_bound")

    def __float__(self) -> float:
        return self.value

    def __repr__(self) -> str:
        interval = self.interval
        around = "" if interval is None else f" [{interval.low:.6g}, {interval.high:.6g}]"
        return f"<{self.label} = {self.value!r}{around}>"


class Metrics(Mapping[str, Metric]):
    """Metrics by what they were asked for as, or by name: the first of that name."""

    def __init__(self, metrics: Iterable[Metric]) -> None:
        self.all: tuple[Metric, ...] = tuple(metrics)
        """In their order."""
        self._by_label: dict[str, Metric] = {}
        for metric in self.all:
            self._by_label.setdefault(metric.label, metric)
        self._by_key: dict[str, Metric] = {}
        for metric in self.all:
            self._by_key.setdefault(_squeezed(metric.label), metric)
        for metric in self.all:
            self._by_key.setdefault(metric.name, metric)

    @classmethod
    def of(cls, json: Sequence[Mapping[str, Any]], asked: Sequence[str]) -> Metrics:
        """Metrics of which the first were asked for by these texts."""
        labels = [asked[i].strip() if i < len(asked) else _label(json, i) for i in range(len(json))]
        return cls(Metric.of(entry, label) for entry, label in zip(json, labels))

    def __getitem__(self, key: str) -> Metric:
        found = self._by_label.get(key) or self._by_key.get(_squeezed(key))
        if found is None:
            near = difflib.get_close_matches(key, [*self._by_label, *self._by_key], 1)
            remedy = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(self)}"
            raise KeyError(f"no metric '{key}'; {remedy}")
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_label)

    def __len__(self) -> int:
        return len(self._by_label)

    def __repr__(self) -> str:
        return "{" + ", ".join(repr(metric) for metric in self.all) + "}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _label(metrics: Sequence[Mapping[str, Any]], index: int) -> str:
    """The name, with the parameters by which it differs from others of the name."""
    metric = metrics[index]
    others = [other["params"] for other in metrics if other["name"] == metric["name"]]
    differing = [
        f"{key}={_text(value)}"
        for key, value in metric["params"].items()
        if any(other.get(key) != value for other in others)
    ]
    return f"{metric['name']}({', '.join(differing)})" if differing else str(metric["name"])


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Slice:
    """All rows, or those of one value of a slice, of one model."""

    slice: Mapping[str, str | None]
    """The values by column, None of NULL; empty for all rows."""
    rows_seen: int
    rows_evaluated: int
    sum_weight: float
    ledger: Mapping[str, int]
    """How many rows had which fault or finding."""
    metrics: Metrics

    @classmethod
    def of(cls, json: Mapping[str, Any], asked: Sequence[str]) -> Slice:
        return cls(
            slice=frozen(json["slice"]),
            rows_seen=json["rows"]["seen"],
            rows_evaluated=json["rows"]["evaluated"],
            sum_weight=number(json["rows"]["sum_weight"]),
            ledger=frozen(json["ledger"]),
            metrics=Metrics.of(json["metrics"], asked),
        )

    @property
    def label(self) -> str:
        """``column = value, ...``; ``all rows`` of all."""
        return slice_label(self.slice) or "all rows"

    def __repr__(self) -> str:
        return f"<{self.label}: {self.rows_evaluated:,} rows, {self.metrics!r}>"


def slice_label(values: Mapping[str, str | None]) -> str:
    """``column = value, ...``, empty for all rows."""
    return ", ".join(
        f"{column} = {'NULL' if value is None else value}" for column, value in values.items()
    )


@dataclass(frozen=True)
class Violation:
    """Where a gate was violated, and by what."""

    slice: Mapping[str, str | None]
    value: float


@dataclass(frozen=True)
class Gate:
    """What became of a gate."""

    gate: str
    """As it was written."""
    violated: bool
    violations: tuple[Violation, ...]

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Gate:
        return cls(
            json["gate"],
            json["violated"],
            tuple(
                Violation(frozen(entry["slice"]), number(entry["value"]))
                for entry in json["violations"]
            ),
        )


@dataclass(frozen=True)
class Difference:
    """The difference of a model to the baseline in one metric. NaN where there is no test."""

    metric: str
    model: str
    larger_is_better: bool
    baseline: float
    value: float
    difference: float
    """``value`` less ``baseline``."""
    standard_error: float
    low: float
    high: float
    test: str
    p_value: float
    p_holm: float
    p_benjamini_hochberg: float

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> Difference:
        low, high = json["interval"]
        return cls(
            metric=json["metric"],
            model=json["model"],
            larger_is_better=json["larger_is_better"],
            baseline=number(json["baseline"]),
            value=number(json["value"]),
            difference=number(json["difference"]),
            standard_error=number(json["standard_error"]),
            low=number(low),
            high=number(high),
            test=json["test"],
            p_value=number(json["p_value"]),
            p_holm=number(json["p_holm"]),
            p_benjamini_hochberg=number(json["p_benjamini_hochberg"]),
        )


@dataclass(frozen=True)
class McNemar:
    """McNemar's test of which model is right more often."""

    model: str
    only_baseline_right: int
    only_model_right: int
    p_exact: float
    chi2: float
    p_chi2: float
    p_value: float
    p_holm: float
    p_benjamini_hochberg: float

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> McNemar:
        return cls(
            json["model"],
            json["only_baseline_right"],
            json["only_model_right"],
            *(number(json[field.name]) for field in fields(cls)[3:]),
        )


@dataclass(frozen=True)
class CalibrationTest:
    """Spiegelhalter's z and a chi-squared test of whether a model is calibrated."""

    model: str
    z: float
    p_z: float
    chi2: float
    degrees: int
    p_chi2: float
    p_value: float
    p_holm: float
    p_benjamini_hochberg: float

    @classmethod
    def of(cls, json: Mapping[str, Any]) -> CalibrationTest:
        return cls(
            json["model"],
            number(json["z"]),
            number(json["p_z"]),
            number(json["chi2"]),
            json["degrees"],
            *(number(json[field.name]) for field in fields(cls)[5:]),
        )


@dataclass(frozen=True)
class SliceComparison:
    """Models compared on all rows, or on those of one value of a slice."""

    slice: Mapping[str, str | None]
    models: Mapping[str, Slice]
    """Each model by itself."""
    differences: tuple[Difference, ...]
    mcnemar: tuple[McNemar, ...]
    calibration: tuple[CalibrationTest, ...]

    @classmethod
    def of(cls, json: Mapping[str, Any], asked: Sequence[str]) -> SliceComparison:
        return cls(
            slice=frozen(json["slice"]),
            models=frozen({name: Slice.of(entry, asked) for name, entry in json["models"].items()}),
            differences=tuple(Difference.of(entry) for entry in json["differences"]),
            mcnemar=tuple(McNemar.of(entry) for entry in json["mcnemar"]),
            calibration=tuple(CalibrationTest.of(entry) for entry in json["calibration"]),
        )

    @property
    def rows_evaluated(self) -> int:
        """The rows that were compared."""
        return next(iter(self.models.values())).rows_evaluated

    @property
    def label(self) -> str:
        """``column = value, ...``; ``all rows`` of all."""
        return slice_label(self.slice) or "all rows"
