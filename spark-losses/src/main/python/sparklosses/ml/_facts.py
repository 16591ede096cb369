# SPDX-License-Identifier: Apache-2.0
"""What models say of their fit."""

from __future__ import annotations

from typing import Any, NamedTuple

from sparklosses.ml._base import Model


class Trial(NamedTuple):
    """What a method of calibration is worth on rows that it was not fitted to."""

    method: str
    loss: float
    """The mean log loss, in nats."""
    difference: float
    """Its difference from that of no calibration; below 0 the method gains."""
    standard_error: float
    """Of the difference."""


class CalibratorSummary(NamedTuple):
    """What is known of the fit of a calibrator."""

    method: str
    note: str
    """What was found of the rows; empty if nothing is the matter."""
    rows: int
    """The number of rows of positive weight."""
    weight: float
    scans: int
    """How often the rows were read."""
    loss_before: float
    """The mean log loss of the rows as they are, in nats."""
    loss_after: float
    """That of the calibrated rows."""
    excess: float
    """The objective is at most so much above its least value; NaN where that is not known."""
    iterations: int
    gradient_norm: float
    """Of the objective where the steps ended; NaN where there is none."""
    numbers: dict[str, list[float]]
    """The numbers of the map, by name."""
    trials: list[Trial]
    """What the methods that were chosen among are worth, the best first."""


class CoverageRange(NamedTuple):
    """What coverage to expect of new rows: over all fits, and the central interval of fits."""

    mean: float
    low: float
    high: float


class CalibratorFacts(Model):
    """What a fitted calibrator says of itself."""

    def summary(self) -> CalibratorSummary:
        """What is known of the fit."""
        rows, weight, scans, before, after, excess, iterations, gradient = self._fact("measures")
        return CalibratorSummary(
            self._fact("method"),
            self._fact("note"),
            int(rows),
            weight,
            int(scans),
            before,
            after,
            excess,
            int(iterations),
            gradient,
            dict(zip(self._fact("names"), self._fact("numbers"))),
            [
                Trial(method, *worth)
                for method, worth in zip(self._fact("candidates"), self._fact("trials"))
            ],
        )

    def toBytes(self) -> bytes:
        """The map as bytes, for ``calibrate`` and ``calibrate_probabilities``."""
        self._check_classic("toBytes")
        self._transfer_params_to_java()
        java: Any = self._java_obj
        return bytes(java.toBytes())


class ConformalFacts(Model):
    """What a fitted model of conformal prediction says of itself."""

    def getAlpha(self) -> float:
        """The share of rows that may be left out: the first of alphas unless set."""
        alpha = self.getParam("alpha")
        return float(self.getOrDefault(alpha) if self.isSet(alpha) else self._fact("alphas")[0])

    def rows(self) -> int:
        """How many rows the fit used."""
        return int(self._fact("measures")[0])

    def scans(self) -> int:
        """How often the fit read the table."""
        return int(self._fact("measures")[1])

    def thresholdsByGroup(self) -> dict[str | None, list[float]]:
        """The thresholds of the alpha that is used, by group: one, or one a class.

        Without groups the key is empty, and None is the group of NULL. A threshold is infinite
        where the rows were too few.
        """
        alphas = self._fact("alphas")
        share = alphas.index(self.getAlpha())
        return {
            None if group == "null" else group[1:]: all_alphas[share :: len(alphas)]
            for group, all_alphas in zip(self._fact("groups"), self._fact("thresholds"))
        }

    def expectedCoverage(self, level: float = 0.95) -> CoverageRange:
        """What coverage to expect of new rows, of a fit without groups, classes or weights.

        Parameters
        ----------
        level : float
            of the interval, in (0, 1)
        """
        self._check_classic("expectedCoverage")
        self._transfer_params_to_java()
        found: Any = self._call_java("expectedCoverage", float(level))
        interval = found.interval()
        return CoverageRange(found.mean(), interval.low(), interval.high())
