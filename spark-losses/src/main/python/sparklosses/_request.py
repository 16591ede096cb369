# SPDX-License-Identifier: Apache-2.0
"""Runs an evaluation, a comparison or an evaluation of forecasts where the table is."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

Slices = Union[str, Sequence[Union[str, Sequence[str]]]]
"""A column, or a list of columns and of lists of columns that are taken together."""

Texts = Union[str, Sequence[str]]
"""A text, or several."""

_NO_JAR = (
    "the session does not have the jar of spark-losses; give it to the cluster, or to the server of"
    " Spark Connect, by --jars or in the folder of Spark's jars"
)

_NO_CONNECT_ML = (
    "{kind} runs over Spark Connect from Spark 4.0 on, and this is {version}: ask in SQL for"
    " evaluation_metric(evaluation_state(predictions, label), metric), which works here, or take a"
    " session that is not of Spark Connect"
)

_NOT_REMOTE = (
    "the table is one of Spark Connect, but PySpark is not in that mode; make the session by"
    " SparkSession.builder.remote(...)"
)

_NO_NUMPY = "pyspark.ml, by which {kind} is run, needs numpy: pip install numpy"


@dataclass(frozen=True)
class Documents:
    """A result as texts."""

    json: str
    html: str | None = None
    console: str | None = None


def call_text(name: str, settings: Mapping[str, object]) -> str:
    """The call that makes a builder of these settings; those that were not given are left out."""
    usual = {"bins": True}
    given = [
        f"{key}={value!r}"
        for key, value in settings.items()
        if value is not None and value is not usual.get(key, False)
    ]
    return f"{name}({', '.join(given)})"


def texts(value: Texts | None) -> list[str] | None:
    """A text or several as a list."""
    if value is None:
        return None
    return [value] if isinstance(value, str) else list(value)


def run(
    kind: str,
    settings: Mapping[str, object],
    table: DataFrame,
    tables: Mapping[str, DataFrame | None] | None = None,
) -> Documents:
    """Runs what the settings say of a table.

    ``tables`` are settings that are tables themselves: the session gets to know them by a name for
    as long as it takes.
    """
    _check_session(kind, table)
    with ExitStack() as views:
        named = dict(settings)
        for name, other in (tables or {}).items():
            if other is not None:
                named[name] = _view(other, views)
        spec = json.dumps({name: plain(name, value) for name, value in named.items()})
        return _fitted(kind, spec, table)


def _check_session(kind: str, table: DataFrame) -> None:
    if not type(table).__module__.startswith("pyspark.sql.connect."):
        return
    version = str(table.sparkSession.version)
    if int(version.split(".")[0]) < 4:
        raise NotImplementedError(_NO_CONNECT_ML.format(kind=kind, version=version))
    from pyspark.sql.utils import is_remote

    if not is_remote():
        raise RuntimeError(_NOT_REMOTE)


def _view(table: DataFrame, views: ExitStack) -> str:
    name = "sparklosses_" + uuid.uuid4().hex
    table.createOrReplaceTempView(name)
    views.callback(_drop, table, name)
    return name


def _drop(table: DataFrame, name: str) -> None:
    # A session that is gone has taken its views along.
    with suppress(Exception):
        table.sparkSession.catalog.dropTempView(name)


def plain(name: str, value: object) -> object:
    """A value as JSON has it; a number that is not finite is a text, as in results."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else _not_finite(value)
    if isinstance(value, Mapping):
        return {str(key): plain(name, entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(name, entry) for entry in value]
    if hasattr(type(value), "tolist"):
        # Numbers and arrays of numpy, Series of pandas. A Column has any attribute, its type not.
        return plain(name, value.tolist())  # type: ignore[attr-defined]
    raise TypeError(
        f"{name} = {value!r} is not allowed; columns are given by their names, as texts"
    )


def _not_finite(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"


def _fitted(kind: str, spec: str, table: DataFrame) -> Documents:
    try:
        from sparklosses._estimator import ReportEstimator
    except ImportError as e:
        if e.name == "numpy":
            raise ImportError(_NO_NUMPY.format(kind=kind), name=e.name) from e
        raise
    try:
        estimator = ReportEstimator(kind, spec)
    except TypeError as e:
        # What py4j says of a class that there is not.
        if "JavaPackage" in str(e):
            raise RuntimeError(_NO_JAR) from None
        raise
    from pyspark.errors import IllegalArgumentException, PySparkException

    try:
        model = estimator.fit(table)
    except IllegalArgumentException as e:
        raise IllegalArgumentException(_message(e)) from None
    except PySparkException as e:
        if "Unsupported ML operator" in str(e):
            raise RuntimeError(_NO_JAR) from None
        raise
    pieces = model.transform(table.sparkSession.range(1)).collect()
    found: dict[str, list[tuple[int, str]]] = {}
    for piece in pieces:
        found.setdefault(piece["document"], []).append((piece["piece"], piece["text"]))
    return Documents(**{name: _joined(of) for name, of in found.items()})


def _joined(pieces: list[tuple[int, str]]) -> str:
    return "".join(text for _, text in sorted(pieces))


def _message(error: Any) -> str:
    """The words for the user, without the trace of the JVM that a server may add."""
    return str(error).split("\n\nJVM stacktrace:")[0].strip()
