# SPDX-License-Identifier: Apache-2.0
"""sparklosses."""

from sparklosses.comparison import Comparison
from sparklosses.evaluation import Evaluation
from sparklosses.forecast import ForecastEvaluation
from sparklosses.result import ComparisonResult, EvaluationResult

__all__ = [
    "Comparison",
    "ComparisonResult",
    "Evaluation",
    "EvaluationResult",
    "ForecastEvaluation",
]
