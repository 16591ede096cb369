# SPDX-License-Identifier: Apache-2.0
# Written from the Params of Java by PythonStagesTest; not to be edited.
# ruff: noqa: E501
"""Calibration of predicted effects of a treatment."""

from __future__ import annotations

from typing import Any

from pyspark import keyword_only
from pyspark.ml.param import Param, Params, TypeConverters

from sparklosses.ml._base import Estimator, Model

__all__ = ["CausalCalibrator", "CausalCalibratorModel"]


class CausalCalibratorModel(Model):
    """Adds to each row its calibrated effect."""

    edges: Param[list[float]] = Param(
        Params._dummy(),
        "edges",
        "predicted effects where the calibrated one changes",
        TypeConverters.toListFloat,
    )
    effectCol: Param[str] = Param(
        Params._dummy(),
        "effectCol",
        "column of predicted effects",
        TypeConverters.toString,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that is added",
        TypeConverters.toString,
    )
    values: Param[list[float]] = Param(
        Params._dummy(),
        "values",
        "calibrated effects, one more than edges",
        TypeConverters.toListFloat,
    )

    def _set_defaults(self) -> None:
        self._setDefault(effectCol="effect", outputCol="calibratedEffect")

    def getEdges(self) -> list[float]:
        """The predicted effects where the calibrated one changes."""
        return self.getOrDefault(self.edges)

    def setEffectCol(self, value: str) -> CausalCalibratorModel:
        """Sets the column of predicted effects."""
        self._set(effectCol=value)
        return self

    def getEffectCol(self) -> str:
        """The column of predicted effects."""
        return self.getOrDefault(self.effectCol)

    def setOutputCol(self, value: str) -> CausalCalibratorModel:
        """Sets the column that is added."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column that is added."""
        return self.getOrDefault(self.outputCol)

    def getValues(self) -> list[float]:
        """The calibrated effects, one more than edges."""
        return self.getOrDefault(self.values)


class CausalCalibrator(Estimator[CausalCalibratorModel]):
    """Learns how predicted effects of a treatment are to be mended, so that rows of a calibrated
    effect have that effect on average: causal isotonic calibration (van der Laan et al. 2023,
    arXiv:2302.14011)."""

    effectCol: Param[str] = Param(
        Params._dummy(),
        "effectCol",
        "column of predicted effects",
        TypeConverters.toString,
    )
    outcomeCol: Param[str] = Param(
        Params._dummy(),
        "outcomeCol",
        "column of outcomes",
        TypeConverters.toString,
    )
    outputCol: Param[str] = Param(
        Params._dummy(),
        "outputCol",
        "column that the model adds",
        TypeConverters.toString,
    )
    propensityCol: Param[str] = Param(
        Params._dummy(),
        "propensityCol",
        "column of probabilities of treatment",
        TypeConverters.toString,
    )
    pseudoOutcomeCol: Param[str] = Param(
        Params._dummy(),
        "pseudoOutcomeCol",
        "column of pseudo-outcomes, read instead of these if set",
        TypeConverters.toString,
    )
    treatedCol: Param[str] = Param(
        Params._dummy(),
        "treatedCol",
        "column of outcomes expected when treated",
        TypeConverters.toString,
    )
    treatmentCol: Param[str] = Param(
        Params._dummy(),
        "treatmentCol",
        "column of treatments, 0 or 1",
        TypeConverters.toString,
    )
    untreatedCol: Param[str] = Param(
        Params._dummy(),
        "untreatedCol",
        "column of outcomes expected untreated",
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
        effectCol: str | None = None,
        outcomeCol: str | None = None,
        outputCol: str | None = None,
        propensityCol: str | None = None,
        pseudoOutcomeCol: str | None = None,
        treatedCol: str | None = None,
        treatmentCol: str | None = None,
        untreatedCol: str | None = None,
        weightCol: str | None = None,
    ) -> None:
        super().__init__()
        self._start("CausalCalibrator")
        self._set_defaults()
        self._set(**self._input_kwargs)

    def _set_defaults(self) -> None:
        self._setDefault(
            effectCol="effect",
            outcomeCol="outcome",
            outputCol="calibratedEffect",
            propensityCol="propensity",
            treatedCol="expectedTreated",
            treatmentCol="treatment",
            untreatedCol="expectedUntreated",
        )

    @keyword_only
    def setParams(
        self,
        *,
        effectCol: str | None = None,
        outcomeCol: str | None = None,
        outputCol: str | None = None,
        propensityCol: str | None = None,
        pseudoOutcomeCol: str | None = None,
        treatedCol: str | None = None,
        treatmentCol: str | None = None,
        untreatedCol: str | None = None,
        weightCol: str | None = None,
    ) -> CausalCalibrator:
        """Sets those that are given."""
        self._set(**self._input_kwargs)
        return self

    def setEffectCol(self, value: str) -> CausalCalibrator:
        """Sets the column of predicted effects."""
        self._set(effectCol=value)
        return self

    def getEffectCol(self) -> str:
        """The column of predicted effects."""
        return self.getOrDefault(self.effectCol)

    def setOutcomeCol(self, value: str) -> CausalCalibrator:
        """Sets the column of outcomes."""
        self._set(outcomeCol=value)
        return self

    def getOutcomeCol(self) -> str:
        """The column of outcomes."""
        return self.getOrDefault(self.outcomeCol)

    def setOutputCol(self, value: str) -> CausalCalibrator:
        """Sets the column that the model adds."""
        self._set(outputCol=value)
        return self

    def getOutputCol(self) -> str:
        """The column that the model adds."""
        return self.getOrDefault(self.outputCol)

    def setPropensityCol(self, value: str) -> CausalCalibrator:
        """Sets the column of probabilities of treatment."""
        self._set(propensityCol=value)
        return self

    def getPropensityCol(self) -> str:
        """The column of probabilities of treatment."""
        return self.getOrDefault(self.propensityCol)

    def setPseudoOutcomeCol(self, value: str) -> CausalCalibrator:
        """Sets the column of pseudo-outcomes, read instead of these if set."""
        self._set(pseudoOutcomeCol=value)
        return self

    def getPseudoOutcomeCol(self) -> str:
        """The column of pseudo-outcomes, read instead of these if set."""
        return self.getOrDefault(self.pseudoOutcomeCol)

    def setTreatedCol(self, value: str) -> CausalCalibrator:
        """Sets the column of outcomes expected when treated."""
        self._set(treatedCol=value)
        return self

    def getTreatedCol(self) -> str:
        """The column of outcomes expected when treated."""
        return self.getOrDefault(self.treatedCol)

    def setTreatmentCol(self, value: str) -> CausalCalibrator:
        """Sets the column of treatments, 0 or 1."""
        self._set(treatmentCol=value)
        return self

    def getTreatmentCol(self) -> str:
        """The column of treatments, 0 or 1."""
        return self.getOrDefault(self.treatmentCol)

    def setUntreatedCol(self, value: str) -> CausalCalibrator:
        """Sets the column of outcomes expected untreated."""
        self._set(untreatedCol=value)
        return self

    def getUntreatedCol(self) -> str:
        """The column of outcomes expected untreated."""
        return self.getOrDefault(self.untreatedCol)

    def setWeightCol(self, value: str) -> CausalCalibrator:
        """Sets the weight column name; every row weighs 1 if not set."""
        self._set(weightCol=value)
        return self

    def getWeightCol(self) -> str:
        """The weight column name; every row weighs 1 if not set."""
        return self.getOrDefault(self.weightCol)

    def _create_model(self, java_model: Any) -> CausalCalibratorModel:
        return CausalCalibratorModel(java_model)
