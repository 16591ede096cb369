"""Metrics, calibrators, conformal prediction and inference, in float64 by numpy and scipy.

Written from the formulas of the papers, for clarity and not for speed. Everywhere: means are
weighted, sum(w x) / sum(w), and a row of weight 0 does not exist; of equal probabilities the lowest
class index is predicted; equal scores are never split, their group is collapsed.
"""

import importlib
import pkgutil

from .registry import REGISTRY

__all__ = ["REGISTRY"]

for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{module.name}")
