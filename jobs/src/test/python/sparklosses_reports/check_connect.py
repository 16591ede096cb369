# SPDX-License-Identifier: Apache-2.0
"""What a client of Spark Connect can do that has neither the jar nor Java."""

from __future__ import annotations

import unittest

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from sparklosses import Evaluation
from sparklosses.ml import LossEvaluator

from sparklosses_reports.session import REMOTE, expected, session, table


class Connect(unittest.TestCase):
    def test_the_session_is_one_of_spark_connect(self) -> None:
        self.assertTrue(type(session()).__module__.startswith("pyspark.sql.connect"))

    def test_functions_by_name(self) -> None:
        loss = F.avg(F.call_function("focal_loss", "logits", "label", F.lit(3.0)))
        found = table("rows").select(loss.alias("loss")).head()
        assert found is not None
        self.assertEqual(expected("values")["focal_loss"], found.loss)

    def test_states_in_sql(self) -> None:
        table("rows").createOrReplaceTempView("rows")
        found = session().sql(
            "SELECT evaluation_metric(state, 'log_loss') AS log_loss,"
            " evaluation_metric(state, 'ece(n_bins=10)') AS ece"
            " FROM (SELECT evaluation_state(logits, label,"
            " 'metrics=log_loss, ece(n_bins=10)') AS state FROM rows)"
        )
        values = expected("values")
        self.assertEqual([(values["log_loss"], values["ece"])], [tuple(r) for r in found.collect()])

    def test_evaluators(self) -> None:
        evaluator = LossEvaluator(loss="focal_loss(gamma=3)", rawPredictionCol="logits")
        self.assertEqual(expected("values")["mean_focal_loss"], evaluator.evaluate(table("rows")))

    def test_results_outlive_the_session_and_a_model_that_was_put_aside(self) -> None:
        other = SparkSession.builder.remote(REMOTE).create()
        # No model stays in memory, so that what was fitted is read again.
        other.conf.set("spark.connect.session.connectML.mlCache.memoryControl.maxInMemorySize", "0")
        rows = other.createDataFrame([([0.0, 1.0], 1)], "logits array<double>, label int")
        evaluation = Evaluation(logits="logits", metrics=["log_loss"])
        result = evaluation.run(rows)
        other.stop()
        self.assertAlmostEqual(0.3132616875182228, result.metrics["log_loss"].value, places=15)
        self.assertIn("<html", result.report().html)
        with self.assertRaises((PySparkException, ValueError)):
            evaluation.run(rows)


if __name__ == "__main__":
    unittest.main()
