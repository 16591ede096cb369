"""The functions by name."""

from collections.abc import Callable
from typing import Any, TypeVar

REGISTRY: dict[str, Callable[..., Any]] = {}

F = TypeVar("F", bound=Callable[..., Any])


def registered(function: F) -> F:
    """Enters a function into the registry, under its name."""
    assert function.__name__ not in REGISTRY, function.__name__
    REGISTRY[function.__name__] = function
    return function
