# SPDX-License-Identifier: Apache-2.0
"""The jar of the package, and sessions with it."""

import os
import re
import unittest
from unittest import mock

import sparklosses
from pyspark.sql import SparkSession

from sparklosses_tests.session import REMOTE, SparkTest, spark


class SessionTest(SparkTest):
    def test_version(self) -> None:
        self.assertRegex(sparklosses.__version__, r"^\d+\.\d+\.\d+(\.dev0)?$")

    def test_jar_is_that_of_the_package(self) -> None:
        self.assertTrue(os.path.isfile(sparklosses.jar()))
        self.assertTrue(sparklosses.__file__.startswith(os.path.dirname(sparklosses.jar())))

    def test_modules_and_names(self) -> None:
        self.assertLessEqual({"functions", "ml", "configure", "jar"}, set(dir(sparklosses)))
        self.assertTrue(callable(sparklosses.functions.focal_loss))
        with self.assertRaisesRegex(AttributeError, "no attribute 'losses'"):
            sparklosses.losses  # noqa: B018

    def test_servers_take_the_jar_themselves(self) -> None:
        builder = SparkSession.Builder().config("spark.remote", "sc://host:15002")
        with self.assertRaisesRegex(RuntimeError, "sc://host:15002 is a server of Spark Connect"):
            sparklosses.configure(builder)

    @unittest.skipIf(REMOTE, "of a classic session")
    def test_a_session_that_has_the_jar_is_taken(self) -> None:
        builder = SparkSession.Builder()
        self.assertIs(builder, sparklosses.configure(builder))
        self.assertIs(spark(), builder.getOrCreate())

    def test_jars_are_kept(self) -> None:
        from pyspark import SparkContext

        builder = SparkSession.Builder().config("spark.jars", "other.jar")
        with mock.patch.object(SparkContext, "_active_spark_context", None):
            sparklosses.configure(sparklosses.configure(builder))
        self.assertEqual(f"other.jar,{sparklosses.jar()}", builder._options["spark.jars"])

    def test_scala_212_is_refused(self) -> None:
        with (
            mock.patch("glob.glob", return_value=["scala-library-2.12.18.jar"]),
            self.assertRaisesRegex(RuntimeError, re.escape("built for Scala 2.12")),
        ):
            from pyspark import SparkContext

            with mock.patch.object(SparkContext, "_active_spark_context", None):
                sparklosses.configure(SparkSession.Builder())
