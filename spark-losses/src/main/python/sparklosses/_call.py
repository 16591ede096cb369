# SPDX-License-Identifier: Apache-2.0
"""Calls of functions of SQL by name, on classic Spark and on Spark Connect."""

from __future__ import annotations

from typing import Iterable, Mapping, Sequence, Union

from pyspark.sql import Column
from pyspark.sql import functions as F

ColumnOrName = Union[Column, str]
"""A column, by name or as a Column."""


def call(function: str, columns: Sequence[ColumnOrName], settings: Sequence[object]) -> Column:
    """A call by place. NULL stands for a setting that is not given; none follow the last given."""
    last = len(settings)
    while last > 0 and settings[last - 1] is None:
        last -= 1
    arguments = [_column(function, column) for column in columns]
    arguments += [_constant(setting) for setting in settings[:last]]
    return F.call_function(function, *arguments)


def call_given(function: str, *arguments: ColumnOrName | None) -> Column:
    """A call by place that leaves out what is None."""
    given = [_column(function, argument) for argument in arguments if argument is not None]
    return F.call_function(function, *given)


def text(value: str | None) -> Column | None:
    """A constant text, None of None."""
    return None if value is None else F.lit(value)


def options_text(options: str | Mapping[str, object] | None) -> Column | None:
    """The options of a state: text, or a mapping whose lists are joined by commas."""
    if options is None or isinstance(options, str):
        return text(options)
    return text("; ".join(f"{key}={_option(value)}" for key, value in options.items()))


def _option(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    return ",".join(str(part) for part in value)


def _column(function: str, value: ColumnOrName) -> Column:
    if isinstance(value, str):
        return F.col(value)
    if _is_column(value):
        return value
    raise TypeError(
        f"{function} takes a column by name or as a Column, not {value!r}; "
        "write pyspark.sql.functions.lit(...) of a constant"
    )


def _is_column(value: object) -> bool:
    # The Column of Spark Connect 3.5 is a class of its own.
    return isinstance(value, Column) or (
        type(value).__name__ == "Column" and type(value).__module__.startswith("pyspark.sql.")
    )


def _constant(value: object) -> Column:
    if isinstance(value, Column) or _is_column(value):
        return value  # type: ignore[return-value]
    if hasattr(value, "tolist"):
        # Numbers and arrays of numpy, Series of pandas.
        value = value.tolist()
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return F.array(*[_constant(entry) for entry in value])
    return F.lit(value)
