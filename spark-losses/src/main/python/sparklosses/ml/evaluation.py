# SPDX-License-Identifier: Apache-2.0
# Written from the Params of Java by PythonStagesTest; not to be edited.
# ruff: noqa: E501
"""Evaluators of probabilities, for tuning and for tables of predictions."""

from __future__ import annotations

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from sparklosses.ml._base import Evaluator
from sparklosses.ml._directions import is_larger_better

__all__ = ["CalibrationEvaluator", "LossEvaluator"]


class CalibrationEvaluator(Evaluator):
    """How far a model's probabilities are from observed frequencies: over bins of equal width
    unless another metric is asked for. Of a metric whose ideal lies inside of its range it is the
    distance from there."""

    compat: Param[str] = Param(
        Params._dummy(),
        "compat",
        "library whose conventions hold for what is not set",
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
        "metric name: one of ace, binary_ece, classwise_ece, classwise_mce, classwise_rmsce, ece, mce, rmsce, or any metric of an evaluation",
        TypeConverters.toString,
    )
    numBins: Param[int] = Param(
        Params._dummy(),
        "numBins",
        "number of bins of equal width",
        TypeConverters.toInt,
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
        "whether probabilities are divided by their sum, for half precision",
        TypeConverters.toBoolean,
    )
    side: Param[str] = Param(
        Params._dummy(),
        "side",
        "closed end of a bin: right, left or torchmetrics",
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
        compat: str | None = None,
        labelCol: str | None = None,
        metricName: str | None = None,
        numBins: int | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        renormalise: bool | None = None,
        side: str | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("CalibrationEvaluator")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            labelCol="label",
            metricName="ece",
            numBins=15,
            probabilityCol="probability",
            renormalise=False,
            side="right",
        )

    @keyword_only
    def setParams(
        self,
        *,
        compat: str | None = None,
        labelCol: str | None = None,
        metricName: str | None = None,
        numBins: int | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        renormalise: bool | None = None,
        side: str | None = None,
        weightCol: str | None = None,
    ) -> CalibrationEvaluator:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setCompat(self, value: str) -> CalibrationEvaluator:
        """Sets the library whose conventions hold for what is not set."""
        self._set(compat=value)
        return self

    def getCompat(self) -> str:
        """The library whose conventions hold for what is not set."""
        return self.getOrDefault(self.compat)

    def setLabelCol(self, value: str) -> CalibrationEvaluator:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setMetricName(self, value: str) -> CalibrationEvaluator:
        """Sets the metric name: one of ace, binary_ece, classwise_ece, classwise_mce,
        classwise_rmsce, ece, mce, rmsce, or any metric of an evaluation."""
        self._set(metricName=value)
        return self

    def getMetricName(self) -> str:
        """The metric name: one of ace, binary_ece, classwise_ece, classwise_mce, classwise_rmsce,
        ece, mce, rmsce, or any metric of an evaluation."""
        return self.getOrDefault(self.metricName)

    def setNumBins(self, value: int) -> CalibrationEvaluator:
        """Sets the number of bins of equal width."""
        self._set(numBins=value)
        return self

    def getNumBins(self) -> int:
        """The number of bins of equal width."""
        return self.getOrDefault(self.numBins)

    def setProbabilityCol(self, value: str) -> CalibrationEvaluator:
        """Sets the column of class probabilities."""
        self._set(probabilityCol=value)
        return self

    def getProbabilityCol(self) -> str:
        """The column of class probabilities."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> CalibrationEvaluator:
        """Sets the column of logits, read instead of probabilities if set."""
        self._set(rawPredictionCol=value)
        return self

    def getRawPredictionCol(self) -> str:
        """The column of logits, read instead of probabilities if set."""
        return self.getOrDefault(self.rawPredictionCol)

    def setRenormalise(self, value: bool) -> CalibrationEvaluator:
        """Sets the whether probabilities are divided by their sum, for half precision."""
        self._set(renormalise=value)
        return self

    def getRenormalise(self) -> bool:
        """The whether probabilities are divided by their sum, for half precision."""
        return self.getOrDefault(self.renormalise)

    def setSide(self, value: str) -> CalibrationEvaluator:
        """Sets the closed end of a bin: right, left or torchmetrics."""
        self._set(side=value)
        return self

    def getSide(self) -> str:
        """The closed end of a bin: right, left or torchmetrics."""
        return self.getOrDefault(self.side)

    def setWeightCol(self, value: str) -> CalibrationEvaluator:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def isLargerBetter(self) -> bool:
        """Whether the largest value is the best."""
        return is_larger_better(self.getMetricName())


class LossEvaluator(Evaluator):
    """The weighted mean of a loss, or any other metric of the catalogue. Of a metric whose ideal
    lies inside of its range it is the distance from there."""

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "label column name",
        TypeConverters.toString,
    )
    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        "loss or metric: name or name(parameter=value, ...)",
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
        "whether probabilities are divided by their sum, for half precision",
        TypeConverters.toBoolean,
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
        labelCol: str | None = None,
        loss: str | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        renormalise: bool | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("LossEvaluator")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            labelCol="label", loss="log_loss", probabilityCol="probability", renormalise=False
        )

    @keyword_only
    def setParams(
        self,
        *,
        labelCol: str | None = None,
        loss: str | None = None,
        probabilityCol: str | None = None,
        rawPredictionCol: str | None = None,
        renormalise: bool | None = None,
        weightCol: str | None = None,
    ) -> LossEvaluator:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setLabelCol(self, value: str) -> LossEvaluator:
        """Sets the label column name."""
        self._set(labelCol=value)
        return self

    def getLabelCol(self) -> str:
        """The label column name."""
        return self.getOrDefault(self.labelCol)

    def setLoss(self, value: str) -> LossEvaluator:
        """Sets the loss or metric: name or name(parameter=value, ...)."""
        self._set(loss=value)
        return self

    def getLoss(self) -> str:
        """The loss or metric: name or name(parameter=value, ...)."""
        return self.getOrDefault(self.loss)

    def setProbabilityCol(self, value: str) -> LossEvaluator:
        """Sets the column of class probabilities."""
        self._set(probabilityCol=value)
        return self

    def getProbabilityCol(self) -> str:
        """The column of class probabilities."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> LossEvaluator:
        """Sets the column of logits, read instead of probabilities if set."""
        self._set(rawPredictionCol=value)
        return self

    def getRawPredictionCol(self) -> str:
        """The column of logits, read instead of probabilities if set."""
        return self.getOrDefault(self.rawPredictionCol)

    def setRenormalise(self, value: bool) -> LossEvaluator:
        """Sets the whether probabilities are divided by their sum, for half precision."""
        self._set(renormalise=value)
        return self

    def getRenormalise(self) -> bool:
        """The whether probabilities are divided by their sum, for half precision."""
        return self.getOrDefault(self.renormalise)

    def setWeightCol(self, value: str) -> LossEvaluator:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def isLargerBetter(self) -> bool:
        """Whether the largest value is the best."""
        return is_larger_better(self.getLoss())
