# SPDX-License-Identifier: Apache-2.0
"""Tests of the Python package, which PySparkTest runs."""
