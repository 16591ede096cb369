# SPDX-License-Identifier: Apache-2.0
# Written from the Params of Java by PythonStagesTest; not to be edited.
# ruff: noqa: E501
"""Calibration of probabilities."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from sparklosses.ml._base import Estimator
from sparklosses.ml._facts import CalibratorFacts

__all__ = ["Calibrator", "CalibratorModel"]


class CalibratorModel(CalibratorFacts):
    """Adds to each row its calibrated probabilities, as a Vector where Vectors are read, else as an
    array of doubles."""

    candidates: Param[list[str]] = Param(
        Params._dummy(),
        "candidates",
        "methods that were chosen among",
        TypeConverters.toListString,
    )
    classes: Param[int] = Param(
        Params._dummy(),
        "classes",
        "number of classes",
        TypeConverters.toInt,
    )
    measures: Param[list[float]] = Param(
        Params._dummy(),
        "measures",
        "rows, weight, scans, loss before and after, excess, iterations, gradient of the fit",
        TypeConverters.toListFloat,
    )
    method: Param[str] = Param(
        Params._dummy(),
        "method",
        "name of the method of calibration",
        TypeConverters.toString,
    )
    names: Param[list[str]] = Param(
        Params._dummy(),
        "names",
        "names of the numbers of the map",
        TypeConverters.toListString,
    )
    note: Param[str] = Param(
        Params._dummy(),
        "note",
        "what was found of the rows of the fit",
        TypeConverters.toString,
    )
    numbers: Param[list[list[float]]] = Param(
        Params._dummy(),
        "numbers",
        "numbers of the map, by name",
        TypeConverters.toListListFloat,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that is added",
        TypeConverters.toString,
    )
    probabilityCol: Param[str] = Param(
        Params._dummy(),
        "probabilityCol",
        "column of class probabilities",
        TypeConverters.toString,
    )
    rawPredictionCol: Param[str] = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column of logits, read instead of probabilities if set",
        TypeConverters.toString,
    )
    trials: Param[list[list[float]]] = Param(
        Params._dummy(),
        "trials",
        "loss, difference, standard error of each by cross-fitting",
        TypeConverters.toListListFloat,
    )

    def _set_defaults(self) -> None:
        self._setDefault(outputCol="calibratedProbability", probabilityCol="probability")

    def getCandidates(self) -> list[str]:
        """The methods that were chosen among."""
        return self.getOrDefault(self.candidates)

    def getClasses(self) -> int:
        """The number of classes."""
        return self.getOrDefault(self.classes)

    def getMeasures(self) -> list[float]:
        """The rows, weight, scans, loss before and after, excess, iterations, gradient of the
        fit."""
        return self.getOrDefault(self.measures)

    def getMethod(self) -> str:
        """The name of the method of calibration."""
        return self.getOrDefault(self.method)

    def getNames(self) -> list[str]:
        """The names of the numbers of the map."""
        return self.getOrDefault(self.names)

    def getNote(self) -> str:
        """The what was found of the rows of the fit."""
        return self.getOrDefault(self.note)

    def getNumbers(self) -> list[list[float]]:
        """The numbers of the map, by name."""
        return self.getOrDefault(self.numbers)

    def setOutputCol(self, value: str) -> CalibratorModel:
        """Sets the column that is added."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column that is added."""
        return self.getOrDefault(self.outputCol)

    def setProbabilityCol(self, value: str) -> CalibratorModel:
        """Sets the column of class probabilities."""
        self._set(probabilityCol=value)
        return self

    def getProbabilityCol(self) -> str:
        """The column of class probabilities."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> CalibratorModel:
        """Sets the column of logits, read instead of probabilities if set."""
        self._set(rawPredictionCol=value)
        return self

    def getRawPredictionCol(self) -> str:
        """The column of logits, read instead of probabilities if set."""
        return self.getOrDefault(self.rawPredictionCol)

    def getTrials(self) -> list[list[float]]:
        """The loss, difference, standard error of each by cross-fitting."""
        return self.getOrDefault(self.trials)


class Calibrator(Estimator[CalibratorModel]):
    """Learns from labels how the probabilities of a classifier are to be mended. Fit it on rows
    that the classifier was not trained on."""

    foldCol: Param[str] = Param(
        Params._dummy(),
        "foldCol",
        "column that tells the fold of a row, for auto",
        TypeConverters.toString,
    )
    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        TypeConverters.toString,
    )
    method: Param[str] = Param(
        Params._dummy(),
        "method",
        "name of the method of calibration",
        TypeConverters.toString,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that the model adds",
        TypeConverters.toString,
    )
    probabilityCol: Param[str] = Param(
        Params._dummy(),
        "probabilityCol",
        "column of class probabilities",
        TypeConverters.toString,
    )
    rawPredictionCol: Param[str] = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column of logits, read instead of probabilities if set",
        TypeConverters.toString,
    )
    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "weight column name; every row weighs 1 if not set",
        TypeConverters.toString,
    )

    @keyword_only
    def __init__(
        self,
        *,
        foldCol: str | None = None,
        labelCol: str | None = None,
        method: str | None = None,
        outputCol: str | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("Calibrator")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            labelCol="label",
            method="auto",
            outputCol="calibratedProbability",
            probabilityCol="probability",
        )

    @keyword_only
    def setParams(
        self,
        *,
        foldCol: str | None = None,
        labelCol: str | None = None,
        method: str | None = None,
        outputCol: str | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        weightCol: str | None = None,
    ) -> Calibrator:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setFoldCol(self, value: str) -> Calibrator:
        """Sets the column that tells the fold of a row, for auto."""
        self._set(foldCol=value)
        return self

    def getFoldCol(self) -> str:
        """The column that tells the fold of a row, for auto."""
        return self.getOrDefault(self.foldCol)

    def setLabelCol(self, value: str) -> Calibrator:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setMethod(self, value: str) -> Calibrator:
        """Sets the name of the method of calibration."""
        self._set(method=value)
        return self

    def getMethod(self) -> str:
        """The name of the method of calibration."""
        return self.getOrDefault(self.method)

    def setOutputCol(self, value: str) -> Calibrator:
        """Sets the column that the model adds."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column that the model adds."""
        return self.getOrDefault(self.outputCol)

    def setProbabilityCol(self, value: str) -> Calibrator:
        """Sets the column of class probabilities."""
        self._set(probabilityCol=value)
        return self

    def getProbabilityCol(self) -> str:
        """The column of class probabilities."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> Calibrator:
        """Sets the column of logits, read instead of probabilities if set."""
        self._set(rawPredictionCol=value)
        return self

    def getRawPredictionCol(self) -> str:
        """The column of logits, read instead of probabilities if set."""
        return self.getOrDefault(self.rawPredictionCol)

    def setWeightCol(self, value: str) -> Calibrator:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def _create_model(self, java_model: Any) -> CalibratorModel:
        return CalibratorModel(java_model)
