# SPDX-License-Identifier: Apache-2.0
"""Names that trackers of experiments take: letters, digits and ``_ - . space /``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

LONGEST = 250
"""The most characters of a name of a metric in MLflow."""


def flat(named: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Values by names that are taken; of two that would be the same the later has a number."""
    values: dict[str, float] = {}
    for name, value in named:
        taken = name
        count = 1
        while taken in values:
            count += 1
            taken = f"{name}_{count}"
        values[taken] = value
    return values


def word(text: str) -> str:
    """A text as a part of a name: ``ece(n_bins=10)`` is ``ece_n_bins_10``."""
    return re.sub(r"[^A-Za-z0-9.\-]+", "_", text).strip("_") or "_"


def joined(*parts: str) -> str:
    """Parts as a path, no longer than is taken; a longer one ends in a hash of the whole."""
    path = "/".join(part for part in parts if part)
    if len(path) <= LONGEST:
        return path
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{path[: LONGEST - len(digest) - 1]}_{digest}"
