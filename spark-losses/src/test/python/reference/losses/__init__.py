"""Losses and softmax variants of one row, as plain formulas with 400 digits.

Independent of the library: no formula is rewritten for speed or stability, so that a value is the
correctly rounded one of the formula at the given doubles.
"""

import importlib
import pkgutil

from .definition import REGISTRY, call

__all__ = ["REGISTRY", "call"]

for module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{module.name}")
