# SPDX-License-Identifier: Apache-2.0
"""A row that is refused is one line of Python, with a condition and without the stack of Java."""

import pyspark
from pyspark.errors import PySparkException
from sparklosses import functions as L
from sparklosses import ml

from sparklosses_tests.session import REMOTE, SparkTest

ROWS = (
    ("array(1D, 2D)", "2", "cross_entropy_loss: label 2 is outside"),
    ("array(1D, 2D)", "1.5D", "label"),
    ("array(1D, NULL)", "0", r"logits\[1\] is NULL"),
    ("array()", "0", "logits"),
)


class ErrorsTest(SparkTest):
    def test_refused_rows(self) -> None:
        if pyspark.__version__.startswith("3."):
            self.skipTest("Spark 3.5 wraps what rows throw")
        for codegen in ("CODEGEN_ONLY", "NO_CODEGEN"):
            self.spark.conf.set("spark.sql.codegen.factoryMode", codegen)
            self.spark.conf.set("spark.sql.codegen.wholeStage", str(codegen == "CODEGEN_ONLY"))
            try:
                for logits, label, message in ROWS:
                    with self.subTest(codegen=codegen, logits=logits, label=label):
                        rows = self.spark.range(3).selectExpr(
                            f"IF(id < 9, {logits}, NULL) AS z", f"IF(id < 9, {label}, NULL) AS y"
                        )
                        loss = rows.select(L.cross_entropy_loss("z", "y"))
                        self.check(loss.collect, message, "SPARK_LOSSES_ARGUMENT")
            finally:
                self.spark.conf.unset("spark.sql.codegen.factoryMode")
                self.spark.conf.unset("spark.sql.codegen.wholeStage")

    def test_refused_rows_of_stages(self) -> None:
        rows = self.spark.range(3).selectExpr("array(0.5D, 0.5D) AS probability", "5 AS label")
        self.check(lambda: ml.LossEvaluator().evaluate(rows), "label", "SPARK_LOSSES_ROW")
        self.check(
            lambda: ml.Calibrator(method="temperature").fit(rows), "label", "SPARK_LOSSES_ROW"
        )

    def check(self, action: object, message: str, condition: str) -> None:
        with self.assertRaisesRegex(PySparkException, message) as raised:
            action()  # type: ignore[operator]
        error = raised.exception
        self.assertNotIn("\n\tat ", str(error).split("JVM stacktrace:")[0])
        first = str(error).split("\n", 1)[0]
        self.assertRegex(first, message)
        if not REMOTE:
            self.assertIn(condition, str(error.getErrorClass()))
            self.assertEqual("22023", error.getSqlState())
