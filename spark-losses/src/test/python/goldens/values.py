"""Values as the files hold them, and how two of them are compared."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# What the last digits of numpy and of a linear algebra library may differ by from CPU to CPU.
TOLERANCE = 1e-12

SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

MISSING = object()


def encoded(value: Any) -> Any:
    """As JSON: lists for arrays, and strings for numbers that JSON does not have."""
    if isinstance(value, dict):
        return {key: encoded(part) for key, part in value.items()}
    if isinstance(value, np.ndarray):
        return encoded(value.tolist())
    if isinstance(value, list | tuple):
        return [encoded(entry) for entry in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, np.bool_ | np.integer):
        return value.item()
    number = float(value)
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def decoded(value: Any) -> Any:
    """Numbers for the strings that stand for them."""
    if isinstance(value, list):
        return [decoded(entry) for entry in value]
    return SPECIAL.get(value, value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Difference:
    """Two unlike values at a place, and how far apart they are: relative to numbers above 1, inf of
    what are not both numbers.
    """

    place: str
    stored: Any
    made: Any
    distance: float


def differences(stored: Any, made: Any, place: str = "") -> Iterator[Difference]:
    """Where two values are not the same."""
    if isinstance(stored, dict) and isinstance(made, dict) and stored.keys() == made.keys():
        for key in stored:
            yield from differences(stored[key], made[key], f"{place}.{key}")
    elif isinstance(stored, list) and isinstance(made, list) and len(stored) == len(made):
        for i, (one, other) in enumerate(zip(stored, made, strict=True)):
            yield from differences(one, other, f"{place}[{i}]")
    elif is_number(stored) and is_number(made):
        if stored != made:
            yield Difference(place, stored, made, abs(stored - made) / max(1.0, abs(stored)))
    elif stored != made or type(stored) is not type(made):
        yield Difference(place, stored, made, math.inf)


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass
class Comparison:
    """The values of one file as they are stored and as they are made now."""

    same: int = 0
    close: int = 0
    unmade: int = 0
    differing: list[str] = field(default_factory=list)

    def keep(self, where: str, stored: Any, made: Any, tolerance: float = TOLERANCE) -> Any:
        """What the file is to hold: the stored value where the made one is it within the tolerance,
        which is relative to numbers above 1, so that another CPU changes nothing.
        """
        found = list(differences(stored, made))
        if not found:
            self.same += 1
        elif all(difference.distance <= tolerance for difference in found):
            self.close += 1
        else:
            worst = max(found, key=lambda difference: difference.distance)
            there = "nothing" if worst.stored is MISSING else shortened(worst.stored)
            self.differing.append(
                f"{where}{worst.place}: stored {there}, made {shortened(worst.made)}"
            )
            return made
        return stored

    def summary(self) -> str:
        """A line on what was found."""
        parts = [f"{self.same} the same"]
        if self.close:
            parts.append(f"{self.close} but for the last digits")
        if self.unmade:
            parts.append(f"{self.unmade} of others, not made here")
        if self.differing:
            parts.append(f"{len(self.differing)} DIFFER")
        return ", ".join(parts)


def shortened(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 200 else text[:200] + "..."
