# SPDX-License-Identifier: Apache-2.0
"""The session of the tests: classic, or of Spark Connect where SPARK_LOSSES_REMOTE says so."""

import os
import unittest
from functools import lru_cache
from pathlib import Path

import sparklosses
from pyspark.sql import DataFrame, SparkSession

EXPECTED = Path(os.environ["SPARK_LOSSES_EXPECTED"])
REMOTE = os.environ.get("SPARK_LOSSES_REMOTE")


@lru_cache(maxsize=None)
def spark() -> SparkSession:
    builder = SparkSession.builder.appName("sparklosses tests")
    builder = builder.remote(REMOTE) if REMOTE else builder.master("local[2]")
    builder = builder.config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "2")
    return sparklosses.configure(builder).getOrCreate()


class SparkTest(unittest.TestCase):
    """A test with the session and the table of the expected values."""

    spark: SparkSession
    table: DataFrame

    @classmethod
    def setUpClass(cls) -> None:
        cls.spark = spark()
        cls.table = cls.spark.read.parquet(str(EXPECTED / "table")).orderBy("id")
