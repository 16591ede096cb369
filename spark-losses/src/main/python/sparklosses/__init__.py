# SPDX-License-Identifier: Apache-2.0
"""Losses, proper scores and calibration of predictions on Apache Spark.

``sparklosses.functions`` has the functions of SQL for DataFrames, ``sparklosses.ml`` evaluators,
calibrators and conformal stages for ``pyspark.ml``. ``Evaluation``, ``Comparison`` and
``ForecastEvaluation`` evaluate whole tables. The Spark session needs the jar: ``configure`` adds
the one that comes with this package, ``jar`` says where it is.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from sparklosses._session import configure, jar
from sparklosses._version import VERSION as __version__

if TYPE_CHECKING:
    import sparklosses.functions as functions
    import sparklosses.ml as ml

__all__ = ["__version__", "configure", "functions", "jar", "ml"]

_MODULES = ("functions", "ml")
_CLASSES = {
    "Comparison": "sparklosses.comparison",
    "Evaluation": "sparklosses.evaluation",
    "ForecastEvaluation": "sparklosses.forecast",
}


def __getattr__(name: str) -> Any:
    # Loaded when they are asked for: the jar can be found where PySpark is not installed.
    if name in _MODULES:
        return importlib.import_module(f"sparklosses.{name}")
    if name in _CLASSES:
        return getattr(importlib.import_module(_CLASSES[name]), name)
    raise AttributeError(f"module 'sparklosses' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, *_CLASSES])
