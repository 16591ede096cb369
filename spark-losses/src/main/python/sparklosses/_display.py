# SPDX-License-Identifier: Apache-2.0
"""What notebooks show of a result.

A fragment is a table of its own with no rules of style, and the report, whose rules are for a whole
page, is put into a frame, so that nothing else of a notebook changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

_NUMBER = ' style="text-align: right"'


def digits(value: float) -> str:
    """A number in six digits."""
    return f"{value:.6g}"


def span(low: float, high: float) -> str:
    """An interval; nothing of one that is not known."""
    return "" if math.isnan(low) and math.isnan(high) else f"{digits(low)} to {digits(high)}"


def fragment(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], note: str) -> str:
    """A table whose first column is text and whose others are numbers."""
    heads = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td{_NUMBER if index else ''}>{escape(cell)}</td>" for index, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    below = f"<p>{escape(note)}</p>" if note else ""
    return (
        f"<div><p>{escape(caption)}</p><table><thead><tr>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table>{below}</div>"
    )


class Report:
    """The report: a page that needs nothing else. Notebooks show it in a frame."""

    def __init__(self, html: str, height: int) -> None:
        self.html = html
        """The page."""
        self._height = height

    def _repr_html_(self) -> str:
        # The page has a script that sorts its tables; nothing of the notebook is in its reach.
        return (
            f'<iframe sandbox="allow-scripts" width="100%" height="{self._height}"'
            f' style="border: 0" srcdoc="{escape(self.html, quote=True)}"></iframe>'
        )

    def save(self, path: str | Path) -> None:
        """Writes the page to a file."""
        Path(path).write_text(self.html, encoding="utf-8")

    def __repr__(self) -> str:
        return f"<report of {len(self.html):,} characters: save(path), or shown by a notebook>"
