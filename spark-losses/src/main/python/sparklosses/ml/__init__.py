# SPDX-License-Identifier: Apache-2.0
"""Evaluators, calibrators, conformal prediction and a detector of outliers for ``pyspark.ml``.

They are those of Java, with the same Params, on classic Spark and on Spark Connect. What is saved
here is read in Java and the other way round; import this package before a ``PipelineModel`` with
one of them is loaded.
"""

import sys

from sparklosses.ml._base import JAVA_PACKAGE
from sparklosses.ml._facts import CalibratorSummary, CoverageRange, Trial
from sparklosses.ml.calibration import Calibrator, CalibratorModel
from sparklosses.ml.causal import CausalCalibrator, CausalCalibratorModel
from sparklosses.ml.conformal import (
    ConformalClassifier,
    ConformalClassifierModel,
    ConformalEvaluator,
    ConformalRegressor,
    ConformalRegressorModel,
)
from sparklosses.ml.evaluation import CalibrationEvaluator, LossEvaluator
from sparklosses.ml.outliers import MahalanobisDetector, MahalanobisDetectorModel

__all__ = [
    "CalibrationEvaluator",
    "Calibrator",
    "CalibratorModel",
    "CalibratorSummary",
    "CausalCalibrator",
    "CausalCalibratorModel",
    "ConformalClassifier",
    "ConformalClassifierModel",
    "ConformalEvaluator",
    "ConformalRegressor",
    "ConformalRegressorModel",
    "CoverageRange",
    "LossEvaluator",
    "MahalanobisDetector",
    "MahalanobisDetectorModel",
    "Trial",
]

# PySpark looks for the class of a stage that it reads in a module named as the package of Java.
sys.modules.setdefault(JAVA_PACKAGE, sys.modules[__name__])
