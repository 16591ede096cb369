# SPDX-License-Identifier: Apache-2.0
# Written from the Params of Java by PythonStagesTest; not to be edited.
# ruff: noqa: E501
"""Rows unlike those of training."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from sparklosses.ml._base import Estimator, Model

__all__ = ["MahalanobisDetector", "MahalanobisDetectorModel"]


class MahalanobisDetectorModel(Model):
    """Adds to each row how like the rows of training its features are: minus the squared
    Mahalanobis distance to the nearest class."""

    covariance: Param[list[list[float]]] = Param(
        Params._dummy(),
        "covariance",
        "covariance within classes",
        TypeConverters.toListListFloat,
    )
    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "column of features",
        TypeConverters.toString,
    )
    means: Param[list[list[float]]] = Param(
        Params._dummy(),
        "means",
        "means of the features, by class",
        TypeConverters.toListListFloat,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that is added",
        TypeConverters.toString,
    )

    def _set_defaults(self) -> None:
        self._setDefault(featuresCol="features", outputCol="mahalanobisScore")

    def setCovariance(self, value: list[list[float]]) -> MahalanobisDetectorModel:
        """Sets the covariance within classes."""
        self._set(covariance=value)
        return self

    def getCovariance(self) -> list[list[float]]:
        """The covariance within classes."""
        return self.getOrDefault(self.covariance)

    def setFeaturesCol(self, value: str) -> MahalanobisDetectorModel:
        """Sets the column of features."""
        self._set(featuresCol=value)
        return self

    def getFeaturesCol(self) -> str:
        """The column of features."""
        return self.getOrDefault(self.featuresCol)

    def setMeans(self, value: list[list[float]]) -> MahalanobisDetectorModel:
        """Sets the means of the features, by class."""
        self._set(means=value)
        return self

    def getMeans(self) -> list[list[float]]:
        """The means of the features, by class."""
        return self.getOrDefault(self.means)

    def setOutputCol(self, value: str) -> MahalanobisDetectorModel:
        """Sets the column that is added."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column that is added."""
        return self.getOrDefault(self.outputCol)


class MahalanobisDetector(Estimator[MahalanobisDetectorModel]):
    """Learns the means of the features of each class and their covariance within classes."""

    featuresCol: Param[str] = Param(
        Params._dummy(),
        "featuresCol",
        "column of features",
        TypeConverters.toString,
    )
    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        TypeConverters.toString,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that the model adds",
        TypeConverters.toString,
    )

    @keyword_only
    def __init__(
        self,
        *,
        featuresCol: str | None = None,
        labelCol: str | None = None,
        outputCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("MahalanobisDetector")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(featuresCol="features", labelCol="label", outputCol="mahalanobisScore")

    @keyword_only
    def setParams(
        self,
        *,
        featuresCol: str | None = None,
        labelCol: str | None = None,
        outputCol: str | None = None,
    ) -> MahalanobisDetector:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setFeaturesCol(self, value: str) -> MahalanobisDetector:
        """Sets the column of features."""
        self._set(featuresCol=value)
        return self

    def getFeaturesCol(self) -> str:
        """The column of features."""
        return self.getOrDefault(self.featuresCol)

    def setLabelCol(self, value: str) -> MahalanobisDetector:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setOutputCol(self, value: str) -> MahalanobisDetector:
        """Sets the column that the model adds."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column that the model adds."""
        return self.getOrDefault(self.outputCol)

    def _create_model(self, java_model: Any) -> MahalanobisDetectorModel:
        return MahalanobisDetectorModel(java_model)
