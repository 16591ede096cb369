# SPDX-License-Identifier: Apache-2.0
"""Every function is that of SQL, to the last bit, and says what it takes."""

import inspect
import json
import math
import struct
import typing
from decimal import Decimal

import numpy as np
import pandas as pd
from pyspark.sql import Column, Row
from pyspark.sql import functions as F
from sparklosses import functions as L

from sparklosses_tests.session import EXPECTED, SparkTest


def plain(value: object) -> object:
    """Numbers by their bits."""
    if isinstance(value, float):
        return "7ff8000000000000" if math.isnan(value) else struct.pack(">d", value).hex()
    if isinstance(value, (list, Row)):
        return [plain(entry) for entry in value]
    return value


class FunctionsTest(SparkTest):
    def test_values_are_those_of_sql(self) -> None:
        calls = json.loads((EXPECTED / "calls.json").read_text())
        columns = [
            getattr(L, call["function"])(*call["columns"], **named(call)).alias(f"c{i}")
            for i, call in enumerate(calls)
        ]
        rows = self.table.select(*columns).collect()
        for i, call in enumerate(calls):
            with self.subTest(function=call["function"], settings=call["settings"]):
                self.assertEqual(call["values"], [plain(row[i]) for row in rows])

    def test_all_functions_are_called(self) -> None:
        called = {call["function"] for call in json.loads((EXPECTED / "calls.json").read_text())}
        states = {
            "evaluation_state",
            "merge_evaluation_states",
            "logsumexp_aggregate",
            "multilabel_metrics",
            "evaluation_metric",
            "fit_calibrator",
            "calibrate",
            "calibrate_probabilities",
        }
        self.assertEqual(called | states, {getattr(L, name).__name__ for name in L.__all__})

    def test_functions_are_those_of_the_session(self) -> None:
        shown = {row[0] for row in self.spark.sql("SHOW FUNCTIONS").collect()}
        self.assertEqual(set(), set(L.__all__) - shown)

    def test_every_function_is_documented_and_typed(self) -> None:
        for name in L.__all__:
            with self.subTest(function=name):
                function = getattr(L, name)
                text = inspect.getdoc(function) or ""
                signature = inspect.signature(function)
                self.assertEqual("Column", signature.return_annotation)
                self.assertIn("In SQL: ", text)
                for parameter in signature.parameters.values():
                    self.assertIsNot(inspect.Parameter.empty, parameter.annotation)
                    self.assertIn(f"{parameter.name} : ", text)

    def test_settings_may_be_what_users_have(self) -> None:
        weights = [1, 0.5, 0.25, 2]
        expected = self.value("cross_entropy_loss(z, label, weight => array(1, 0.5, 0.25, 2))")
        for given in (
            weights,
            tuple(weights),
            np.array(weights),
            np.array(weights, dtype=np.float32),
            pd.Series(weights),
            [Decimal("1"), Decimal("0.5"), Decimal("0.25"), Decimal("2")],
            F.array(*[F.lit(w) for w in weights]),
        ):
            with self.subTest(given=type(given)):
                column = L.cross_entropy_loss("z", "label", weight=given)  # type: ignore[arg-type]
                self.assertEqual(expected, self.value(column))
        expected = self.value("focal_loss(z, label, gamma => 3)")
        for number in (3, 3.0, np.int64(3), np.float32(3), Decimal(3), F.lit(3)):
            with self.subTest(given=type(number)):
                column = L.focal_loss("z", F.col("label"), gamma=number)  # type: ignore[arg-type]
                self.assertEqual(expected, self.value(column))
        self.assertEqual(
            self.value("focal_loss(z, label)"), self.value(L.focal_loss("z", "label", gamma=None))
        )

    def test_not_a_number_and_infinity_reach_sql(self) -> None:
        for number in (math.nan, math.inf, -math.inf):
            with self.assertRaisesRegex(Exception, "gamma = .* is not allowed; allowed: a number"):
                self.value(L.focal_loss("z", "label", gamma=number))

    def test_wrong_settings_are_refused_in_the_words_of_sql(self) -> None:
        from pyspark.errors import AnalysisException

        for column, message in (
            (lambda: L.focal_loss("z", "label", gamma=-1), "gamma = -1.0 is not allowed; allowed"),
            (lambda: L.focal_loss("z", "label", gamma="3"), "gamma of type STRING is not allowed"),  # type: ignore[arg-type]
            (lambda: L.softmax_top_k("z", k=2.5), "k = 2.5 is not allowed"),  # type: ignore[arg-type]
            (lambda: L.ensemble_uncertainty("many", part="all"), "part = 'all' is not allowed"),
        ):
            with self.assertRaisesRegex(AnalysisException, message):
                self.table.select(column()).schema  # noqa: B018
        with self.assertRaisesRegex(TypeError, "gama"):
            L.focal_loss("z", "label", gama=3)  # type: ignore[call-arg]
        with self.assertRaisesRegex(TypeError, "takes a column by name or as a Column, not 3"):
            L.focal_loss("z", 3)  # type: ignore[arg-type]

    def test_names_of_columns(self) -> None:
        columns = self.table.select(L.focal_loss("z", "label"), L.brier_loss("z", "label")).columns
        self.assertEqual(["focal_loss(z, label)", "brier_loss(z, label)"], columns)

    def test_states(self) -> None:
        state = L.evaluation_state(
            "z", "label", "w", {"metrics": ["log_loss", "ece(n_bins=10)"], "drop": "null_label"}
        )
        by_sql = "evaluation_state(z, label, w, 'metrics=log_loss,ece(n_bins=10); drop=null_label')"
        states = self.table.groupBy((F.col("id") % 2).alias("odd")).agg(
            state.alias("state"), F.expr(by_sql).alias("by_sql")
        )
        merged = states.agg(
            L.merge_evaluation_states("state").alias("state"),
            F.expr("merge_evaluation_states(by_sql)").alias("by_sql"),
        )
        row = merged.select(
            L.evaluation_metric("state", "log_loss").alias("loss"),
            L.evaluation_metric("state", "ece(n_bins=10)").alias("ece"),
            F.expr("evaluation_metric(by_sql, 'log_loss')").alias("loss_by_sql"),
            F.expr("evaluation_metric(by_sql, 'ece(n_bins=10)')").alias("ece_by_sql"),
        ).first()
        assert row is not None
        self.assertEqual((row.loss, row.ece), (row.loss_by_sql, row.ece_by_sql))
        # Without a weight the options take its place.
        labelled = self.table.where("label IS NOT NULL")
        self.assertEqual(
            labelled.agg(F.expr("evaluation_state(z, label, 'metrics=log_loss')")).first(),
            labelled.agg(L.evaluation_state("z", "label", options="metrics=log_loss")).first(),
        )

    def test_calibrators_of_states(self) -> None:
        two = self.table.select(F.array(F.lit(0.0), "logit").alias("z"), "yes")
        model = two.agg(
            L.fit_calibrator(
                L.evaluation_state("z", "yes", options={"metrics": "recalibration_gain"}),
                "platt_scaling",
            ).alias("model")
        )
        rows = two.crossJoin(model)
        self.assertEqual(
            rows.select(F.expr("calibrate(model, z)")).collect(),
            rows.select(L.calibrate("model", "z")).collect(),
        )
        self.assertEqual(
            rows.select(F.expr("calibrate_probabilities(model, softmax(z))")).collect(),
            rows.select(L.calibrate_probabilities("model", L.softmax("z"))).collect(),
        )

    def test_other_aggregates(self) -> None:
        given = self.table.agg(L.logsumexp_aggregate("u"), L.multilabel_metrics("p", "several"))
        by_sql = self.table.agg(
            F.expr("logsumexp_aggregate(u)"), F.expr("multilabel_metrics(p, several)")
        )
        self.assertEqual(plain(by_sql.first()), plain(given.first()))

    def value(self, column: typing.Union[Column, str]) -> object:
        expression = F.expr(column) if isinstance(column, str) else column
        return plain([row.x for row in self.table.select(expression.alias("x")).collect()])


def named(call: dict) -> dict:
    return {"lambda_" if name == "lambda" else name: v for name, v in call["settings"].items()}
