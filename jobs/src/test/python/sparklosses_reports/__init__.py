# SPDX-License-Identifier: Apache-2.0
"""Checks of evaluations, comparisons and forecasts from Python, beside the results of Java."""
