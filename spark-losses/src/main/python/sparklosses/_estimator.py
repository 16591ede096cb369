# SPDX-License-Identifier: Apache-2.0
"""The estimator of the jar that runs evaluations, as MLlib wraps those of its own.

An estimator runs once, where the table is, and Spark Connect's server runs those that it finds by
name, with no setting and no plugin. That makes one way for classic Spark and Spark Connect.
"""

from __future__ import annotations

from typing import Any

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.wrapper import JavaEstimator, JavaModel

JAVA_CLASS = "org.sparklosses.ml.ReportEstimator"


class ReportModel(JavaModel):
    """What was found; its ``transform`` gives the texts in pieces."""


class ReportEstimator(JavaEstimator[ReportModel]):
    """Runs what ``kind`` and ``spec`` say."""

    kind: Param[str] = Param(
        Params._dummy(), "kind", "what is run", typeConverter=TypeConverters.toString
    )
    spec: Param[str] = Param(
        Params._dummy(),
        "spec",
        "its settings, as a JSON object",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, kind: str, spec: str) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(JAVA_CLASS, self.uid)
        self._set(kind=kind, spec=spec)

    def _create_model(self, java_model: Any) -> ReportModel:
        return ReportModel(java_model)
