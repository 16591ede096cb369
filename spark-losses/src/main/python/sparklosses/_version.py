# SPDX-License-Identifier: Apache-2.0
"""The version of the build, which Maven fills in."""

from __future__ import annotations

_MAVEN = "@project.version@"

VERSION = "0.dev0" if _MAVEN.startswith("@") else _MAVEN.replace("-SNAPSHOT", ".dev0")
