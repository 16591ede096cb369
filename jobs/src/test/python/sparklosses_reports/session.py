# SPDX-License-Identifier: Apache-2.0
"""The session of a run, and the files that the test in Java has written for it.

``SPARK_LOSSES_REMOTE`` is the address of a server of Spark Connect; without it the session is a
classic one with the jar ``SPARK_LOSSES_JAR``. ``SPARK_LOSSES_EXPECTED`` is the folder of the files.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from pyspark.sql import DataFrame, SparkSession

FOLDER = Path(os.environ["SPARK_LOSSES_EXPECTED"])

REMOTE = os.environ.get("SPARK_LOSSES_REMOTE", "")


def session() -> SparkSession:
    """The session, started on the first call."""
    if REMOTE:
        return SparkSession.builder.remote(REMOTE).getOrCreate()
    return (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", os.environ["SPARK_LOSSES_JAR"])
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "FATAL")
        .config("spark.sql.warehouse.dir", str(Path.cwd() / "warehouse"))
        .getOrCreate()
    )


def table(name: str) -> DataFrame:
    """A table of the test."""
    return session().read.parquet(str(FOLDER / name))


def expected(name: str) -> Any:
    """What the test has written of that name."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
