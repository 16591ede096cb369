"""What a function of one row is: its name, its parameters and its value under the global rules.

A function is entered by the decorator of its group. Its annotations say what it takes: ``Vector``
an array, ``Matrix`` an array of arrays, ``Label`` a class index or a soft label. A function that
gives a ``Vector`` is a softmax variant, one that gives a ``Scalar`` a loss. Docstrings state
formula, range, edges, source and, where paper and code disagree, which of them is followed.
"""

import inspect
import math
from collections.abc import Callable
from types import UnionType
from typing import Any, TypeVar, get_args

from .arithmetic import check_label, require

Vector = list[float]
Matrix = list[list[float]]
Label = int | list[float]
Scalar = Any  # a number of mpmath, which has no types

IGNORE = -100

LETTERS = {Vector: "V", Matrix: "M", Label: "L", int: "I", float: "D", str: "S", bool: "B"}

F = TypeVar("F", bound=Callable[..., Any])


class Item:
    """A function with its group and the types and defaults of its parameters."""

    def __init__(self, group: str, function: Callable[..., Any]):
        signature = inspect.signature(function)
        self.name = function.__name__
        self.function = function
        self.group = group
        self.kind = "vector" if signature.return_annotation == Vector else "scalar"
        self.parameters = list(signature.parameters.values())

    def letter(self, name: str) -> str | None:
        """The letter of a parameter's type; None if there is no such parameter."""
        for parameter in self.parameters:
            if parameter.name == name:
                return LETTERS[required(parameter.annotation)]
        return None

    def signature(self) -> list[dict[str, Any]]:
        """The parameters as the file of expected values lists them."""
        listed = []
        for parameter in self.parameters:
            entry = {"name": parameter.name, "type": self.letter(parameter.name)}
            if parameter.default is not inspect.Parameter.empty:
                entry["default"] = parameter.default
            listed.append(entry)
        return listed


def required(annotation: Any) -> Any:
    """The type without its None."""
    if annotation == Label or not isinstance(annotation, UnionType):
        return annotation
    (given,) = [part for part in get_args(annotation) if part is not type(None)]
    return given


REGISTRY: dict[str, Item] = {}


def group(title: str) -> Callable[[F], F]:
    """A decorator that enters functions into the registry as members of a group."""

    def enter(function: F) -> F:
        assert function.__name__ not in REGISTRY, function.__name__
        REGISTRY[function.__name__] = Item(title, function)
        return function

    return enter


activation = group("A. Softmax family (activations)")
classification = group("B. Classification losses")
divergence = group("C. Divergences between distributions / logits")
distillation = group("D. Knowledge distillation")
regression = group("E. Regression as classification")


def rounded(value: Any) -> Any:
    """The nearest doubles."""
    if value is None:
        return None
    if isinstance(value, list):
        return [rounded(entry) for entry in value]
    return float(value)


def has_nan(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return any(has_nan(entry) for entry in value)
    return isinstance(value, float) and math.isnan(value)


def call(name: str, **arguments: Any) -> Any:
    """The value of a function, rounded once to float64, under the rules of every function:

    an ignored label gives None (SQL's NULL), a label out of range and an empty array a ValueError,
    NaN anywhere in the arguments NaN; 0 * log(0) = 0 for target weights, a logit of -inf is a
    probability of 0, and one of +inf gives NaN.
    """
    item = REGISTRY[name]
    target = arguments.get("target")
    is_index = item.letter("target") == "L" and not isinstance(target, list | float)
    if "ignore_index" not in arguments and (
        arguments.get("label") == IGNORE or (is_index and target == IGNORE)
    ):
        return None
    first = arguments[item.parameters[0].name]
    if isinstance(first, list | tuple):
        require(len(first) > 0, "empty array")
    if is_index and isinstance(target, int) and target != arguments.get("ignore_index", IGNORE):
        classes = len(first[0]) if isinstance(first[0], list | tuple) else len(first)
        check_label(target, classes)
    if has_nan(list(arguments.values())):
        if item.kind != "vector":
            return math.nan
        added = 1 if name in ("ordinal_softmax", "softmax_plus") else 0
        return [math.nan] * (len(first) + added)
    return rounded(item.function(**arguments))
