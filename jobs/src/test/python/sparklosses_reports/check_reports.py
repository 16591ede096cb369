# SPDX-License-Identifier: Apache-2.0
"""Evaluations, comparisons and forecasts are those of the Java API, to the last bit."""

from __future__ import annotations

import html
import json
import math
import re
import sys
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Optional
from unittest import mock

from pyspark.errors import IllegalArgumentException
from sparklosses import Comparison, Evaluation, ForecastEvaluation
from sparklosses.result import ComparisonResult, EvaluationResult

from sparklosses_reports.session import expected, session, table

BUILDERS: dict[str, Any] = {
    "evaluation": Evaluation,
    "comparison": Comparison,
    "forecast": ForecastEvaluation,
}

MLFLOW_NAME = re.compile(r"[A-Za-z0-9_\-. /]{1,250}")


def same_everywhere(text: str) -> Any:
    """A result without what tells where it was found."""
    found = json.loads(text)
    for setting in ("spark", "kernel"):
        found["settings"].pop(setting, None)
    return found


class SameAsJava(unittest.TestCase):
    def test_every_result(self) -> None:
        runs = expected("runs")
        self.assertGreater(len(runs), 10)
        for run in runs:
            with self.subTest(run["settings"]):
                result = self.result(run)
                self.assertEqual(same_everywhere(run["json"]), same_everywhere(result.json))
                self.assertEqual(run["console"], str(result))
                self.check_values(result)

    def result(self, run: Any) -> Any:
        settings = dict(run["settings"])
        if "settings" in settings:
            settings["settings"] = session().sql(settings["settings"])
        second = [table(run["second"])] if "second" in run else []
        return BUILDERS[run["kind"]](**settings).run(table(run["table"]), *second)

    def check_values(self, result: Any) -> None:
        """Values are those of the JSON, and what is made of them can be written and shown."""
        root = json.loads(result.json, parse_constant=self.fail)
        if isinstance(result, EvaluationResult):
            self.check_slice(root["overall"], result.overall)
            self.assertEqual(len(root["slices"]), len(result.slices))
            for of_json, found in zip(root["slices"], result.slices):
                self.check_slice(of_json, found)
            again: Any = EvaluationResult.from_json(result.json)
        else:
            for of_json, found in zip(root["overall"]["differences"], result.differences):
                self.check_number(of_json["difference"], found.difference)
                self.check_number(of_json["p_value"], found.p_value)
                self.check_number(of_json["interval"][1], found.high)
            for name, of_json in root["overall"]["models"].items():
                self.check_slice(of_json, result.overall.models[name])
            again = ComparisonResult.from_json(result.json)
        self.assertEqual(repr(again), repr(again))
        json.dumps(result.to_dict())
        self.assertTrue(result._repr_html_().startswith("<div>"))
        self.assertNotIn("<style", result._repr_html_())
        self.assertLess(len(repr(result)), 400)
        for name, value in result.flat().items():
            self.assertRegex(name, MLFLOW_NAME)
            self.assertIsInstance(value, float)

    def check_slice(self, of_json: Any, found: Any) -> None:
        self.assertEqual(of_json["slice"], dict(found.slice))
        self.assertEqual(of_json["ledger"], dict(found.ledger))
        self.assertEqual(of_json["rows"]["evaluated"], found.rows_evaluated)
        self.assertEqual(len(of_json["metrics"]), len(found.metrics.all))
        for metric, read in zip(of_json["metrics"], found.metrics.all):
            self.assertEqual(metric["params"], dict(read.params))
            values = metric.get("values", {"value": metric.get("value")})
            self.assertEqual(list(values), list(read.parts))
            for part, value in values.items():
                self.check_number(value, read.parts[part])
            for part, interval in metric.get("intervals", {}).items():
                self.check_number(interval["low"], read.intervals[part].low)
                self.check_number(interval["high"], read.intervals[part].high)
                self.check_number(interval["standard_error"], read.intervals[part].standard_error)
            for of_table, of_read in zip(metric.get("tables", []), read.tables):
                for row, cells in zip(of_table["rows"], of_read.rows):
                    for cell, number in zip(row, cells):
                        self.check_number(cell, number)
            if "reliability" in metric:
                for of_bin, bin_read in zip(metric["reliability"]["bins"], read.reliability.bins):
                    self.check_number(of_bin["mean_observed"], bin_read.mean_observed)
                    self.assertEqual(of_bin["count"], bin_read.count)

    def check_number(self, of_json: Any, found: Any) -> None:
        if of_json == "NaN":
            self.assertTrue(math.isnan(found))
        elif isinstance(of_json, str):
            self.assertEqual(math.copysign(math.inf, -1 if of_json[0] == "-" else 1), found)
        else:
            self.assertEqual(of_json, found)


class Frame(HTMLParser):
    """The page within a frame, as a browser unescapes it."""

    def __init__(self) -> None:
        super().__init__()
        self.page: Optional[str] = None
        self.attributes: dict[str, Optional[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Optional[str]]]) -> None:
        if tag == "iframe":
            self.attributes = dict(attrs)
            self.page = self.attributes["srcdoc"]


class Results(unittest.TestCase):
    result: EvaluationResult

    @classmethod
    def setUpClass(cls) -> None:
        cls.result = Evaluation(
            logits="logits",
            slices=["land", ["land", "device"]],
            metrics=["log_loss", "ece(n_bins = 10)", "ece(n_bins=5)", "murphy_decomposition"],
            bootstrap="id",
            gates=["log_loss > 0", "slice(land): accuracy < 0"],
            title="<b>Länder</b>",
        ).run(table("rows"))

    def test_metrics_are_found_as_they_were_asked_for(self) -> None:
        metrics = self.result.metrics
        self.assertEqual(
            ["log_loss", "ece(n_bins = 10)", "ece(n_bins=5)", "murphy_decomposition", "accuracy"],
            list(metrics),
        )
        self.assertIs(metrics["ece(n_bins=10)"], metrics["ece(n_bins = 10)"])
        self.assertIs(metrics["top_label_calibration_error"], metrics["ece(n_bins=10)"])
        self.assertEqual(10, metrics["ece(n_bins=10)"].params["n_bins"])
        self.assertEqual(float(metrics["log_loss"]), metrics["log_loss"].value)
        interval = metrics["log_loss"].interval
        assert interval is not None
        self.assertLess(interval.low, interval.high)
        self.assertEqual(interval.standard_error, metrics["log_loss"].standard_error)
        with self.assertRaisesRegex(KeyError, "no metric 'log_los'; did you mean 'log_loss'"):
            metrics["log_los"]

    def test_gates(self) -> None:
        self.assertEqual([True, False], [gate.violated for gate in self.result.gates])
        self.assertEqual("log_loss > 0", self.result.violated[0].gate)
        self.assertEqual(
            self.result.metrics["log_loss"].value, self.result.gates[0].violations[0].value
        )

    def test_values_cannot_be_changed(self) -> None:
        with self.assertRaises(AttributeError):
            self.result.metrics["log_loss"].name = "x"  # type: ignore[misc]
        with self.assertRaises(TypeError):
            self.result.settings["label"] = "x"  # type: ignore[index]

    def test_settings_name_the_kernels_of_the_executors(self) -> None:
        self.assertRegex(self.result.settings["kernel"], "scalar|vector")

    def test_pandas_has_a_row_for_each_slice_metric_and_part(self) -> None:
        frame = self.result.to_pandas()
        slices = [self.result.overall, *self.result.slices]
        self.assertEqual(
            sum(len(metric.parts) for each in slices for metric in each.metrics.all), len(frame)
        )
        self.assertEqual(
            ["slice", "slice.land", "slice.device", "metric", "part", "value", "low", "high"]
            + ["se", "rows"],
            list(frame.columns),
        )
        each = self.result.slices[0]
        found = frame[(frame["slice"] == each.label) & (frame["metric"] == "log_loss")]
        self.assertEqual([each.metrics["log_loss"].value], found["value"].tolist())
        self.assertEqual([each.rows_evaluated], found["rows"].tolist())
        self.assertTrue(math.isnan(frame[frame["part"] == "wbv"]["low"].iloc[0]))

    def test_pandas_is_asked_for_only_where_it_is_needed(self) -> None:
        with mock.patch.dict(sys.modules, {"pandas": None}):
            self.result.flat()
            with self.assertRaisesRegex(ImportError, "to_pandas.. needs pandas: pip install"):
                self.result.to_pandas()

    def test_names_for_trackers(self) -> None:
        flat = self.result.flat()
        self.assertEqual(self.result.metrics["log_loss"].value, flat["log_loss"])
        self.assertIn("ece_n_bins_10.ci_low", flat)
        self.assertIn("murphy_decomposition.resolution", flat)
        self.assertTrue(any(name.startswith("land_NaN/") for name in flat), list(flat))
        self.assertIn("land_NaN.device_NULL/log_loss", flat)

    def test_slice_values_that_look_like_numbers_stay_texts(self) -> None:
        values = {each.slice["land"] for each in self.result.slices}
        self.assertEqual({"NaN", "a/b", "Ünïcode 中 <i>", None}, values)
        self.assertIn("NaN", [each["slice"]["land"] for each in self.result.to_dict()["slices"]])

    def test_report_is_in_a_frame(self) -> None:
        report = self.result.report()
        frame = Frame()
        frame.feed(report._repr_html_())
        self.assertEqual(report.html, frame.page)
        self.assertEqual("allow-scripts", frame.attributes["sandbox"])
        self.assertIn(html.escape("<b>Länder</b>"), report.html)

    def test_fragment_is_escaped(self) -> None:
        result = Evaluation(logits="logits", gates=["log_loss > 0"]).run(table("rows"))
        self.assertIn("violated: log_loss &gt; 0", result._repr_html_())

    def test_is_saved_by_the_name_of_the_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            page, values = Path(folder) / "report.html", Path(folder) / "values.json"
            self.result.save(page)
            self.result.save(str(values))
            self.assertEqual(self.result.report().html, page.read_text(encoding="utf-8"))
            read = EvaluationResult.from_json(values.read_text(encoding="utf-8"))
            self.assertEqual(self.result.metrics["log_loss"].value, read.metrics["log_loss"].value)
            with self.assertRaisesRegex(ValueError, "neither .html, for the report, nor .json"):
                self.result.save(Path(folder) / "report.pdf")
            with self.assertRaisesRegex(ValueError, "has no page"):
                read.report()

    def test_no_rows_give_nan(self) -> None:
        result = Evaluation(logits="logits", metrics=["log_loss"]).run(table("rows").limit(0))
        self.assertTrue(math.isnan(result.metrics["log_loss"].value))
        self.assertTrue(math.isnan(result.flat()["log_loss"]))
        self.assertTrue(math.isnan(result.to_pandas()["value"].iloc[0]))
        self.assertIn("nan", result._repr_html_())

    def test_models_may_have_any_name(self) -> None:
        result = Comparison(logits={"slice": "logits", "NaN": "other"}, classes=3).run(
            table("rows")
        )
        self.assertEqual(("slice", "NaN"), result.models)
        self.assertEqual("NaN", result.difference("log_loss").model)
        self.assertIn("NaN/log_loss.p_value", result.flat())
        self.assertEqual(len(result.differences), len(result.to_pandas().query("metric == metric")))


class Refusals(unittest.TestCase):
    def refused(self, builder: Any, *tables: Any) -> str:
        with self.assertRaises(IllegalArgumentException) as refusal:
            builder.run(*(tables or [table("rows")]))
        message = str(refusal.exception)
        self.assertEqual(1, len(message.splitlines()), message)
        return message

    def test_words_are_those_of_java(self) -> None:
        self.assertEqual(
            "unknown metric 'log_los'; did you mean 'log_loss'?",
            self.refused(Evaluation(logits="logits", metrics=["log_los"])),
        )
        self.assertEqual(
            "evaluation: seed = 18446744073709551616 is not allowed; allowed: a whole number of 64"
            " bits",
            self.refused(Evaluation(logits="logits", bootstrap="id", seed=2**64)),
        )
        self.assertEqual(
            "level = NaN is not allowed; give the probability covered, in (0, 1), as 0.95",
            self.refused(Evaluation(logits="logits", level=math.nan)),
        )
        self.assertIn(
            "no column 'logitz' (logits) in the table", self.refused(Evaluation(logits="logitz"))
        )
        self.assertIn(
            "two tables are joined by a key",
            self.refused(
                Comparison(logits={"a": "logits", "b": "other"}), table("rows"), table("rows")
            ),
        )
        self.assertEqual(
            "forecast: sigma must be given; it belongs to mean",
            self.refused(ForecastEvaluation(mean="mu")),
        )

    def test_a_bad_row_is_named_with_the_setting_that_lets_it_pass(self) -> None:
        message = self.refused(Evaluation(logits="logits", label="id", key="id"))
        self.assertRegex(
            message,
            "^column 'id': label is no class index: .* in the row with id .*; to leave such rows"
            ' out and count them: policies={"label_out_of_range": "drop"}$',
        )
        result = Evaluation(
            logits="logits", label="id", policies={"label_out_of_range": "drop"}
        ).run(table("rows"))
        self.assertEqual(3, result.overall.rows_evaluated)
        self.assertEqual(result.overall.rows_seen - 3, result.ledger["label_out_of_range"])

    def test_a_wrong_keyword_is_a_type_error(self) -> None:
        with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'slcies'"):
            Evaluation(logits="logits", slcies=[])

    def test_columns_are_given_by_name(self) -> None:
        rows: Any = table("rows")
        with self.assertRaisesRegex(TypeError, "columns are given by their names"):
            Evaluation(logits=rows.logits).run(rows)

    def test_numbers_of_numpy_are_numbers(self) -> None:
        import numpy

        settings: dict[str, Any] = {"seed": numpy.int64(7), "level": numpy.float32(0.5)}
        result = Evaluation(logits="logits", bootstrap="id", **settings).run(table("rows"))
        self.assertEqual("7", result.settings["seed"])
        self.assertEqual("0.5", result.settings["level"])

    def test_nothing_is_left_in_the_catalog(self) -> None:
        rows = table("rows")
        Comparison(logits={"a": "logits", "b": "other"}, key="id").run(
            rows.select("id", "label", "logits"), rows.select("id", "other")
        )
        names = [found.name for found in session().catalog.listTables()]
        self.assertFalse([name for name in names if name.startswith("sparklosses")])

    def test_builders_print_as_the_call_that_makes_them(self) -> None:
        self.assertEqual(
            "Evaluation(logits='l', metrics=['log_loss'], positive=0, bins=False)",
            repr(Evaluation(logits="l", metrics="log_loss", positive=0, bins=False)),
        )


if __name__ == "__main__":
    unittest.main()
