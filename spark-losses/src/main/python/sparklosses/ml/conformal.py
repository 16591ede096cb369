# SPDX-License-Identifier: Apache-2.0
# Written from the Params of Java by PythonStagesTest; not to be edited.
# ruff: noqa: E501
"""Conformal prediction: sets of classes and intervals that hold the truth."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from sparklosses.ml._base import Estimator, Evaluator
from sparklosses.ml._facts import ConformalFacts

__all__ = [
    "ConformalClassifier",
    "ConformalClassifierModel",
    "ConformalEvaluator",
    "ConformalRegressor",
    "ConformalRegressorModel",
]


class ConformalClassifierModel(ConformalFacts):
    """Adds to each row the set of classes that holds its label with the probability 1 - alpha."""

    alpha: Param[float] = Param(
        Params._dummy(),
        "alpha",
        "the one of alphas that is used",
        TypeConverters.toFloat,
    )
    alphas: Param[list[float]] = Param(
        Params._dummy(),
        "alphas",
        "shares of rows that may be left out",
        TypeConverters.toListFloat,
    )
    classes: Param[int] = Param(
        Params._dummy(),
        "classes",
        "number of classes; 0 if the fit had no rows",
        TypeConverters.toInt,
    )
    groupCol: Param[str] = Param(
        Params._dummy(),
        "groupCol",
        "column of groups with thresholds of their own",
        TypeConverters.toString,
    )
    groups: Param[list[str]] = Param(
        Params._dummy(),
        "groups",
        "=value, or null of SQL NULL, of each group",
        TypeConverters.toListString,
    )
    keyCol: Param[str] = Param(
        Params._dummy(),
        "keyCol",
        "column that random numbers are made of",
        TypeConverters.toString,
    )
    keysOfGroup: Param[int] = Param(
        Params._dummy(),
        "keysOfGroup",
        "classes with thresholds of their own, or 1",
        TypeConverters.toInt,
    )
    measures: Param[list[float]] = Param(
        Params._dummy(),
        "measures",
        "rows and scans of the fit",
        TypeConverters.toListFloat,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column of sets that is added",
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
    renormalise: Param[bool] = Param(
        Params._dummy(),
        "renormalise",
        "whether probabilities are divided by their sum",
        TypeConverters.toBoolean,
    )
    score: Param[str] = Param(
        Params._dummy(),
        "score",
        "score of a class",
        TypeConverters.toString,
    )
    sizeCol: Param[str] = Param(
        Params._dummy(),
        "sizeCol",
        "column of sizes that is added if set",
        TypeConverters.toString,
    )
    thresholds: Param[list[list[float]]] = Param(
        Params._dummy(),
        "thresholds",
        "of each group its thresholds, by class and alpha",
        TypeConverters.toListListFloat,
    )

    def _set_defaults(self) -> None:
        self._setDefault(
            outputCol="predictionSet", probabilityCol="probability", renormalise=False, score="lac"
        )

    def setAlpha(self, value: float) -> ConformalClassifierModel:
        """Sets the the one of alphas that is used."""
        self._set(alpha=value)
        return self

    def getAlphas(self) -> list[float]:
        """The shares of rows that may be left out."""
        return self.getOrDefault(self.alphas)

    def getClasses(self) -> int:
        """The number of classes; 0 if the fit had no rows."""
        return self.getOrDefault(self.classes)

    def getGroupCol(self) -> str:
        """The column of groups with thresholds of their own."""
        return self.getOrDefault(self.groupCol)

    def getGroups(self) -> list[str]:
        """The =value, or null of SQL NULL, of each group."""
        return self.getOrDefault(self.groups)

    def getKeyCol(self) -> str:
        """The column that random numbers are made of."""
        return self.getOrDefault(self.keyCol)

    def getKeysOfGroup(self) -> int:
        """The classes with thresholds of their own, or 1."""
        return self.getOrDefault(self.keysOfGroup)

    def getMeasures(self) -> list[float]:
        """The rows and scans of the fit."""
        return self.getOrDefault(self.measures)

    def setOutputCol(self, value: str) -> ConformalClassifierModel:
        """Sets the column of sets that is added."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column of sets that is added."""
        return self.getOrDefault(self.outputCol)

    def setProbabilityCol(self, value: str) -> ConformalClassifierModel:
        """Sets the column of class probabilities."""
        self._set(probabilityCol=value)
        return self

    def getProbabilityCol(self) -> str:
        """The column of class probabilities."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> ConformalClassifierModel:
        """Sets the column of logits, read instead of probabilities if set."""
        self._set(rawPredictionCol=value)
        return self

    def getRawPredictionCol(self) -> str:
        """The column of logits, read instead of probabilities if set."""
        return self.getOrDefault(self.rawPredictionCol)

    def getRenormalise(self) -> bool:
        """The whether probabilities are divided by their sum."""
        return self.getOrDefault(self.renormalise)

    def getScore(self) -> str:
        """The score of a class."""
        return self.getOrDefault(self.score)

    def setSizeCol(self, value: str) -> ConformalClassifierModel:
        """Sets the column of sizes that is added if set."""
        self._set(sizeCol=value)
        return self

    def getSizeCol(self) -> str:
        """The column of sizes that is added if set."""
        return self.getOrDefault(self.sizeCol)

    def getThresholds(self) -> list[list[float]]:
        """The of each group its thresholds, by class and alpha."""
        return self.getOrDefault(self.thresholds)


class ConformalClassifier(Estimator[ConformalClassifierModel]):
    """Learns from labels how many classes a set has to hold. Fit it on rows that the classifier,
    and a calibrator, were not trained on."""

    alphas: Param[list[float]] = Param(
        Params._dummy(),
        "alphas",
        "shares of rows that may be left out, in (0, 1)",
        TypeConverters.toListFloat,
    )
    classConditional: Param[bool] = Param(
        Params._dummy(),
        "classConditional",
        "whether each class has its own thresholds",
        TypeConverters.toBoolean,
    )
    groupCol: Param[str] = Param(
        Params._dummy(),
        "groupCol",
        "column of groups with thresholds of their own",
        TypeConverters.toString,
    )
    keyCol: Param[str] = Param(
        Params._dummy(),
        "keyCol",
        "column that random numbers are made of",
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
        "column of sets that the model adds",
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
    score: Param[str] = Param(
        Params._dummy(),
        "score",
        "score of a class: name or name(setting=value, ...)",
        TypeConverters.toString,
    )
    sizeCol: Param[str] = Param(
        Params._dummy(),
        "sizeCol",
        "column of sizes that the model adds if set",
        TypeConverters.toString,
    )
    testWeight: Param[float] = Param(
        Params._dummy(),
        "testWeight",
        "weight of a new row, or the largest of several, if rows have weights",
        TypeConverters.toFloat,
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
        alphas: list[float] | None = None,
        classConditional: bool | None = None,
        groupCol: str | None = None,
        keyCol: str | None = None,
        labelCol: str | None = None,
        outputCol: str | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        score: str | None = None,
        sizeCol: str | None = None,
        testWeight: float | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("ConformalClassifier")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            alphas=[0.1],
            classConditional=False,
            labelCol="label",
            outputCol="predictionSet",
            probabilityCol="probability",
            score="lac",
            testWeight=1.0,
        )

    @keyword_only
    def setParams(
        self,
        *,
        alphas: list[float] | None = None,
        classConditional: bool | None = None,
        groupCol: str | None = None,
        keyCol: str | None = None,
        labelCol: str | None = None,
        outputCol: str | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        score: str | None = None,
        sizeCol: str | None = None,
        testWeight: float | None = None,
        weightCol: str | None = None,
    ) -> ConformalClassifier:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setAlphas(self, value: list[float]) -> ConformalClassifier:
        """Sets the shares of rows that may be left out, in (0, 1)."""
        self._set(alphas=value)
        return self

    def getAlphas(self) -> list[float]:
        """The shares of rows that may be left out, in (0, 1)."""
        return self.getOrDefault(self.alphas)

    def setClassConditional(self, value: bool) -> ConformalClassifier:
        """Sets the whether each class has its own thresholds."""
        self._set(classConditional=value)
        return self

    def getClassConditional(self) -> bool:
        """The whether each class has its own thresholds."""
        return self.getOrDefault(self.classConditional)

    def setGroupCol(self, value: str) -> ConformalClassifier:
        """Sets the column of groups with thresholds of their own."""
        self._set(groupCol=value)
        return self

    def getGroupCol(self) -> str:
        """The column of groups with thresholds of their own."""
        return self.getOrDefault(self.groupCol)

    def setKeyCol(self, value: str) -> ConformalClassifier:
        """Sets the column that random numbers are made of."""
        self._set(keyCol=value)
        return self

    def getKeyCol(self) -> str:
        """The column that random numbers are made of."""
        return self.getOrDefault(self.keyCol)

    def setLabelCol(self, value: str) -> ConformalClassifier:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setOutputCol(self, value: str) -> ConformalClassifier:
        """Sets the column of sets that the model adds."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column of sets that the model adds."""
        return self.getOrDefault(self.outputCol)

    def setProbabilityCol(self, value: str) -> ConformalClassifier:
        """Sets the column of class probabilities."""
        self._set(probabilityCol=value)
        return self

    def getProbabilityCol(self) -> str:
        """The column of class probabilities."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> ConformalClassifier:
        """Sets the column of logits, read instead of probabilities if set."""
        self._set(rawPredictionCol=value)
        return self

    def getRawPredictionCol(self) -> str:
        """The column of logits, read instead of probabilities if set."""
        return self.getOrDefault(self.rawPredictionCol)

    def setScore(self, value: str) -> ConformalClassifier:
        """Sets the score of a class: name or name(setting=value, ...)."""
        self._set(score=value)
        return self

    def getScore(self) -> str:
        """The score of a class: name or name(setting=value, ...)."""
        return self.getOrDefault(self.score)

    def setSizeCol(self, value: str) -> ConformalClassifier:
        """Sets the column of sizes that the model adds if set."""
        self._set(sizeCol=value)
        return self

    def getSizeCol(self) -> str:
        """The column of sizes that the model adds if set."""
        return self.getOrDefault(self.sizeCol)

    def setTestWeight(self, value: float) -> ConformalClassifier:
        """Sets the weight of a new row, or the largest of several, if rows have weights."""
        self._set(testWeight=value)
        return self

    def getTestWeight(self) -> float:
        """The weight of a new row, or the largest of several, if rows have weights."""
        return self.getOrDefault(self.testWeight)

    def setWeightCol(self, value: str) -> ConformalClassifier:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def _create_model(self, java_model: Any) -> ConformalClassifierModel:
        return ConformalClassifierModel(java_model)


class ConformalRegressorModel(ConformalFacts):
    """Adds to each row the ends of the interval that holds its number with the probability 1 -
    alpha."""

    alpha: Param[float] = Param(
        Params._dummy(),
        "alpha",
        "the one of alphas that is used",
        TypeConverters.toFloat,
    )
    alphas: Param[list[float]] = Param(
        Params._dummy(),
        "alphas",
        "shares of rows that may be left out",
        TypeConverters.toListFloat,
    )
    groupCol: Param[str] = Param(
        Params._dummy(),
        "groupCol",
        "column of groups with thresholds of their own",
        TypeConverters.toString,
    )
    groups: Param[list[str]] = Param(
        Params._dummy(),
        "groups",
        "=value, or null of SQL NULL, of each group",
        TypeConverters.toListString,
    )
    keysOfGroup: Param[int] = Param(
        Params._dummy(),
        "keysOfGroup",
        "classes with thresholds of their own, or 1",
        TypeConverters.toInt,
    )
    lowerCol: Param[str] = Param(
        Params._dummy(),
        "lowerCol",
        "column of lower ends, read instead of points if set",
        TypeConverters.toString,
    )
    lowerOutputCol: Param[str] = Param(
        Params._dummy(),
        "lowerOutputCol",
        "column of lower ends that is added",
        TypeConverters.toString,
    )
    measures: Param[list[float]] = Param(
        Params._dummy(),
        "measures",
        "rows and scans of the fit",
        TypeConverters.toListFloat,
    )
    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column of points",
        TypeConverters.toString,
    )
    thresholds: Param[list[list[float]]] = Param(
        Params._dummy(),
        "thresholds",
        "of each group its thresholds, by class and alpha",
        TypeConverters.toListListFloat,
    )
    upperCol: Param[str] = Param(
        Params._dummy(),
        "upperCol",
        "column of upper ends",
        TypeConverters.toString,
    )
    upperOutputCol: Param[str] = Param(
        Params._dummy(),
        "upperOutputCol",
        "column of upper ends that is added",
        TypeConverters.toString,
    )

    def _set_defaults(self) -> None:
        self._setDefault(lowerOutputCol="lower", predictionCol="prediction", upperOutputCol="upper")

    def setAlpha(self, value: float) -> ConformalRegressorModel:
        """Sets the the one of alphas that is used."""
        self._set(alpha=value)
        return self

    def getAlphas(self) -> list[float]:
        """The shares of rows that may be left out."""
        return self.getOrDefault(self.alphas)

    def getGroupCol(self) -> str:
        """The column of groups with thresholds of their own."""
        return self.getOrDefault(self.groupCol)

    def getGroups(self) -> list[str]:
        """The =value, or null of SQL NULL, of each group."""
        return self.getOrDefault(self.groups)

    def getKeysOfGroup(self) -> int:
        """The classes with thresholds of their own, or 1."""
        return self.getOrDefault(self.keysOfGroup)

    def getLowerCol(self) -> str:
        """The column of lower ends, read instead of points if set."""
        return self.getOrDefault(self.lowerCol)

    def getLowerOutputCol(self) -> str:
        """The column of lower ends that is added."""
        return self.getOrDefault(self.lowerOutputCol)

    def getMeasures(self) -> list[float]:
        """The rows and scans of the fit."""
        return self.getOrDefault(self.measures)

    def setPredictionCol(self, value: str) -> ConformalRegressorModel:
        """Sets the column of points."""
        self._set(predictionCol=value)
        return self

    def getPredictionCol(self) -> str:
        """The column of points."""
        return self.getOrDefault(self.predictionCol)

    def getThresholds(self) -> list[list[float]]:
        """The of each group its thresholds, by class and alpha."""
        return self.getOrDefault(self.thresholds)

    def getUpperCol(self) -> str:
        """The column of upper ends."""
        return self.getOrDefault(self.upperCol)

    def getUpperOutputCol(self) -> str:
        """The column of upper ends that is added."""
        return self.getOrDefault(self.upperOutputCol)


class ConformalRegressor(Estimator[ConformalRegressorModel]):
    """Learns from numbers that came true how wide an interval has to be. Fit it on rows that the
    model was not trained on."""

    alphas: Param[list[float]] = Param(
        Params._dummy(),
        "alphas",
        "shares of rows that may be left out, in (0, 1)",
        TypeConverters.toListFloat,
    )
    groupCol: Param[str] = Param(
        Params._dummy(),
        "groupCol",
        "column of groups with thresholds of their own",
        TypeConverters.toString,
    )
    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what is done about rows that cannot be used: error or skip",
        TypeConverters.toString,
    )
    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        TypeConverters.toString,
    )
    lowerCol: Param[str] = Param(
        Params._dummy(),
        "lowerCol",
        "column of lower ends, read instead of points if set",
        TypeConverters.toString,
    )
    lowerOutputCol: Param[str] = Param(
        Params._dummy(),
        "lowerOutputCol",
        "column of lower ends that is added",
        TypeConverters.toString,
    )
    predictionCol: Param[str] = Param(
        Params._dummy(),
        "predictionCol",
        "column of points",
        TypeConverters.toString,
    )
    testWeight: Param[float] = Param(
        Params._dummy(),
        "testWeight",
        "weight of a new row, or the largest of several, if rows have weights",
        TypeConverters.toFloat,
    )
    upperCol: Param[str] = Param(
        Params._dummy(),
        "upperCol",
        "column of upper ends",
        TypeConverters.toString,
    )
    upperOutputCol: Param[str] = Param(
        Params._dummy(),
        "upperOutputCol",
        "column of upper ends that is added",
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
        alphas: list[float] | None = None,
        groupCol: str | None = None,
        handleInvalid: str | None = None,
        labelCol: str | None = None,
        lowerCol: str | None = None,
        lowerOutputCol: str | None = None,
        predictionCol: str | None = None,
        testWeight: float | None = None,
        upperCol: str | None = None,
        upperOutputCol: str | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("ConformalRegressor")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            alphas=[0.1],
            handleInvalid="error",
            labelCol="label",
            lowerOutputCol="lower",
            predictionCol="prediction",
            testWeight=1.0,
            upperOutputCol="upper",
        )

    @keyword_only
    def setParams(
        self,
        *,
        alphas: list[float] | None = None,
        groupCol: str | None = None,
        handleInvalid: str | None = None,
        labelCol: str | None = None,
        lowerCol: str | None = None,
        lowerOutputCol: str | None = None,
        predictionCol: str | None = None,
        testWeight: float | None = None,
        upperCol: str | None = None,
        upperOutputCol: str | None = None,
        weightCol: str | None = None,
    ) -> ConformalRegressor:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setAlphas(self, value: list[float]) -> ConformalRegressor:
        """Sets the shares of rows that may be left out, in (0, 1)."""
        self._set(alphas=value)
        return self

    def getAlphas(self) -> list[float]:
        """The shares of rows that may be left out, in (0, 1)."""
        return self.getOrDefault(self.alphas)

    def setGroupCol(self, value: str) -> ConformalRegressor:
        """Sets the column of groups with thresholds of their own."""
        self._set(groupCol=value)
        return self

    def getGroupCol(self) -> str:
        """The column of groups with thresholds of their own."""
        return self.getOrDefault(self.groupCol)

    def setHandleInvalid(self, value: str) -> ConformalRegressor:
        """Sets the what is done about rows that cannot be used: error or skip."""
        self._set(handleInvalid=value)
        return self

    def getHandleInvalid(self) -> str:
        """The what is done about rows that cannot be used: error or skip."""
        return self.getOrDefault(self.handleInvalid)

    def setLabelCol(self, value: str) -> ConformalRegressor:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setLowerCol(self, value: str) -> ConformalRegressor:
        """Sets the column of lower ends, read instead of points if set."""
        self._set(lowerCol=value)
        return self

    def getLowerCol(self) -> str:
        """The column of lower ends, read instead of points if set."""
        return self.getOrDefault(self.lowerCol)

    def setLowerOutputCol(self, value: str) -> ConformalRegressor:
        """Sets the column of lower ends that is added."""
        self._set(lowerOutputCol=value)
        return self

    def getLowerOutputCol(self) -> str:
        """The column of lower ends that is added."""
        return self.getOrDefault(self.lowerOutputCol)

    def setPredictionCol(self, value: str) -> ConformalRegressor:
        """Sets the column of points."""
        self._set(predictionCol=value)
        return self

    def getPredictionCol(self) -> str:
        """The column of points."""
        return self.getOrDefault(self.predictionCol)

    def setTestWeight(self, value: float) -> ConformalRegressor:
        """Sets the weight of a new row, or the largest of several, if rows have weights."""
        self._set(testWeight=value)
        return self

    def getTestWeight(self) -> float:
        """The weight of a new row, or the largest of several, if rows have weights."""
        return self.getOrDefault(self.testWeight)

    def setUpperCol(self, value: str) -> ConformalRegressor:
        """Sets the column of upper ends."""
        self._set(upperCol=value)
        return self

    def getUpperCol(self) -> str:
        """The column of upper ends."""
        return self.getOrDefault(self.upperCol)

    def setUpperOutputCol(self, value: str) -> ConformalRegressor:
        """Sets the column of upper ends that is added."""
        self._set(upperOutputCol=value)
        return self

    def getUpperOutputCol(self) -> str:
        """The column of upper ends that is added."""
        return self.getOrDefault(self.upperOutputCol)

    def setWeightCol(self, value: str) -> ConformalRegressor:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def _create_model(self, java_model: Any) -> ConformalRegressorModel:
        return ConformalRegressorModel(java_model)


class ConformalEvaluator(Evaluator):
    """Evaluates sets of classes in one scan: how many hold the label, and how large they are."""

    alpha: Param[float] = Param(
        Params._dummy(),
        "alpha",
        "share of rows that sets were to leave out",
        TypeConverters.toFloat,
    )
    handleInvalid: Param[str] = Param(
        Params._dummy(),
        "handleInvalid",
        "what is done about rows that cannot be used: error or skip",
        TypeConverters.toString,
    )
    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        TypeConverters.toString,
    )
    metricName: Param[str] = Param(
        Params._dummy(),
        "metricName",
        "one of mean_size, coverage, coverage_gap, size_violation, min_class_coverage",
        TypeConverters.toString,
    )
    minRows: Param[int] = Param(
        Params._dummy(),
        "minRows",
        "rows that a slice has to have to be the worst",
        TypeConverters.toInt,
    )
    setCol: Param[str] = Param(
        Params._dummy(),
        "setCol",
        "column of sets of class indices",
        TypeConverters.toString,
    )
    sliceCols: Param[list[str]] = Param(
        Params._dummy(),
        "sliceCols",
        "columns by whose values rows are sliced",
        TypeConverters.toListString,
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
        alpha: float | None = None,
        handleInvalid: str | None = None,
        labelCol: str | None = None,
        metricName: str | None = None,
        minRows: int | None = None,
        setCol: str | None = None,
        sliceCols: list[str] | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("ConformalEvaluator")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            alpha=0.1,
            handleInvalid="error",
            labelCol="label",
            metricName="mean_size",
            minRows=1,
            setCol="predictionSet",
            sliceCols=[],
        )

    @keyword_only
    def setParams(
        self,
        *,
        alpha: float | None = None,
        handleInvalid: str | None = None,
        labelCol: str | None = None,
        metricName: str | None = None,
        minRows: int | None = None,
        setCol: str | None = None,
        sliceCols: list[str] | None = None,
        weightCol: str | None = None,
    ) -> ConformalEvaluator:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setAlpha(self, value: float) -> ConformalEvaluator:
        """Sets the share of rows that sets were to leave out."""
        self._set(alpha=value)
        return self

    def getAlpha(self) -> float:
        """The share of rows that sets were to leave out."""
        return self.getOrDefault(self.alpha)

    def setHandleInvalid(self, value: str) -> ConformalEvaluator:
        """Sets the what is done about rows that cannot be used: error or skip."""
        self._set(handleInvalid=value)
        return self

    def getHandleInvalid(self) -> str:
        """The what is done about rows that cannot be used: error or skip."""
        return self.getOrDefault(self.handleInvalid)

    def setLabelCol(self, value: str) -> ConformalEvaluator:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setMetricName(self, value: str) -> ConformalEvaluator:
        """Sets the one of mean_size, coverage, coverage_gap, size_violation, min_class_coverage."""
        self._set(metricName=value)
        return self

    def getMetricName(self) -> str:
        """The one of mean_size, coverage, coverage_gap, size_violation, min_class_coverage."""
        return self.getOrDefault(self.metricName)

    def setMinRows(self, value: int) -> ConformalEvaluator:
        """Sets the rows that a slice has to have to be the worst."""
        self._set(minRows=value)
        return self

    def getMinRows(self) -> int:
        """The rows that a slice has to have to be the worst."""
        return self.getOrDefault(self.minRows)

    def setSetCol(self, value: str) -> ConformalEvaluator:
        """Sets the column of sets of class indices."""
        self._set(setCol=value)
        return self

    def getSetCol(self) -> str:
        """The column of sets of class indices."""
        return self.getOrDefault(self.setCol)

    def setSliceCols(self, value: list[str]) -> ConformalEvaluator:
        """Sets the columns by whose values rows are sliced."""
        self._set(sliceCols=value)
        return self

    def getSliceCols(self) -> list[str]:
        """The columns by whose values rows are sliced."""
        return self.getOrDefault(self.sliceCols)

    def setWeightCol(self, value: str) -> ConformalEvaluator:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def isLargerBetter(self) -> bool:
        """Whether the largest value is the best."""
        return self.getMetricName() in ("coverage", "min_class_coverage")
