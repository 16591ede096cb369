# SPDX-License-Identifier: Apache-2.0
"""The Python of the pages runs, and prints what they show."""

import contextlib
import io
import re
import tempfile
import unittest
from pathlib import Path

import pyspark
from pyspark.sql import functions as F
from sparklosses import functions as L

from sparklosses_tests.session import REMOTE, SparkTest

ROOT = Path(__file__).resolve().parents[5]
BLOCK = re.compile(r"(<!-- not run -->\n)?```python\n(.*?)```\n(?:```text\n(.*?)```\n)?", re.DOTALL)


class DocsTest(SparkTest):
    @unittest.skipIf(REMOTE, "the page begins with a classic session")
    @unittest.skipIf(pyspark.__version__.startswith("3."), "errors are shown as in PySpark 4")
    def test_pyspark(self) -> None:
        self.assertEqual(7, self.run_page("docs/pyspark.md", {}))

    @unittest.skipIf(REMOTE, "the README begins with a classic session")
    def test_readme(self) -> None:
        with contextlib.chdir(tempfile.mkdtemp()):
            self.assertEqual(1, self.run_page("README.md", {}))
            self.assertIn("</html>", Path("report.html").read_text(encoding="utf-8"))

    def test_calibrate(self) -> None:
        predictions = self.table.select("yes", F.array(F.lit(0.0), "logit").alias("logits"))
        state = L.evaluation_state("logits", "yes", options="metrics=recalibration_gain")
        predictions.agg(L.fit_calibrator(state, "platt_scaling").alias("model")).withColumn(
            "name", F.lit("digits")
        ).createOrReplaceTempView("calibrators")
        names = {"predictions": predictions, "spark": self.spark}
        self.assertEqual(1, self.run_page("docs/calibrate.md", names))
        self.assertEqual(20, names["honest"].where("size(p) = 2").count())

    def run_page(self, page: str, names: dict) -> int:
        text = (ROOT / page).read_text(encoding="utf-8")
        run = 0
        for not_run, source, output in BLOCK.findall(text):
            if not_run:
                continue
            source = source.replace("jobs/sample", str(ROOT / "jobs" / "sample"))
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(source, page, "exec"), names)
            with self.subTest(page=page, source=source):
                self.assertEqual(output.strip(), printed.getvalue().strip())
            run += 1
        return run
