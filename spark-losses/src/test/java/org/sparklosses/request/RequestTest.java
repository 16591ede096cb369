// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.report.ComparisonJson;
import org.sparklosses.report.ComparisonPage;
import org.sparklosses.report.ConsoleReport;
import org.sparklosses.report.HtmlReport;
import org.sparklosses.report.JsonReport;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/** A request is the builder with a method called for each key. */
@ExtendWith(SharedSession.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTest {

  private Dataset<Row> table;

  @BeforeAll
  void makeTable(SparkSession spark) {
    table =
        spark.sql(
            "SELECT id, array(id % 7 / 3D, id % 5 / 2D, id % 3 / 1D) AS logits, array(id % 7 / 4D,"
                + " id % 5 / 1D, id % 3 / 2D) AS other, id % 3 AS label, 1 + id % 2 AS w,"
                + " concat('pays \u00e9\u4e2d', id % 2) AS `l\u00e4nd`, IF(id % 4 = 0, NULL, id %"
                + " 4) AS device, id % 11 / 1D AS y, id % 9 / 1D AS mu, 1D AS sigma, array(id % 4 /"
                + " 1D, id % 4 + 5D) AS range FROM range(120)");
    spark.sql("SELECT array(1D, 2D, 3D) AS weight").createOrReplaceTempView("request_settings");
  }

  private void assertSame(String settings, UnaryOperator<Evaluation> builder) {
    Evaluation expected = builder.apply(Evaluation.ofLogits("logits"));
    Evaluation plain = Evaluation.ofLogits("logits");
    String json = "{\"logits\": \"logits\", %s}".formatted(settings);
    assertEquals(
        expected.spec(), EvaluationRequest.of(json).evaluation(table).spec(), () -> settings);
    assertFalse(plain.spec().equals(expected.spec()), () -> settings + " says nothing");
  }

  @Test
  void keysOfAnEvaluationAreMethods() {
    assertSame("\"label\": \"y\"", e -> e.label("y"));
    assertSame("\"weight\": \"w\"", e -> e.weight("w"));
    assertSame("\"key\": \"id\"", e -> e.key("id"));
    assertSame("\"slices\": \"l\u00e4nd\"", e -> e.slice("l\u00e4nd"));
    assertSame(
        "\"slices\": [\"l\\u00e4nd\", [\"l\u00e4nd\", \"device\"]]",
        e -> e.slice("l\u00e4nd").slice("l\u00e4nd", "device"));
    assertSame("\"slice_limit\": 5", e -> e.sliceLimit(5));
    assertSame("\"metrics\": \"accuracy\"", e -> e.metrics("accuracy"));
    assertSame(
        "\"metrics\": [\"log_loss\", \"ece(n_bins=10, norm=l2)\"]",
        e -> e.metrics("log_loss", "ece(n_bins=10, norm=l2)"));
    assertSame(
        "\"metrics\": [\"cross_entropy_loss\"], \"settings\": \"request_settings\"",
        e ->
            e.metrics(
                List.of(
                    MetricSpec.of("cross_entropy_loss").with("weight", List.of(1.0, 2.0, 3.0)))));
    assertSame(
        "\"compat\": \"netcal\", \"metrics\": [\"ece\"]", e -> e.metrics("ece").compat("netcal"));
    assertSame(
        "\"policies\": {\"null_label\": \"drop\", \"saturated\": \"count\"}",
        e ->
            e.policy(InputCheck.NULL_LABEL, Policy.DROP)
                .policy(InputCheck.SATURATED, Policy.COUNT));
    assertSame("\"classes\": 3", e -> e.classes(3));
    assertSame(
        "\"class_names\": [\"a\", \"NaN\", \"\\u4e2d\"]", e -> e.classNames("a", "NaN", "\u4e2d"));
    assertSame("\"positive\": \"yes\"", e -> e.positive("yes"));
    assertSame("\"positive\": true", e -> e.positive("true"));
    assertSame("\"positive\": 1", e -> e.positive("1"));
    assertSame("\"ignore_index\": -9007199254740993", e -> e.ignoreIndex(-9007199254740993L));
    assertSame("\"figures\": true", Evaluation::figures);
    assertSame("\"bootstrap\": \"id\"", e -> e.bootstrap("id"));
    assertSame("\"cluster\": \"w\"", e -> e.cluster("w"));
    assertSame(
        "\"bootstrap\": \"id\", \"replicates\": 20, \"seed\": 9223372036854775807, \"level\": 0.9",
        e -> e.bootstrap("id").replicates(20).seed(Long.MAX_VALUE).level(0.9));
    assertSame("\"standard_errors\": true", Evaluation::standardErrors);
    assertSame(
        "\"gates\": \"slice(w): accuracy < 0.5\"",
        e -> e.forGate(Gate.parse("slice(w): accuracy < 0.5")));
    assertEquals(
        Evaluation.ofProbabilities("p").renormalise().spec(),
        EvaluationRequest.of("{\"probabilities\": \"p\", \"renormalise\": true}")
            .evaluation(table)
            .spec());
  }

  @Test
  void nullIsAsIfTheKeyWereAbsent() {
    assertEquals(
        Evaluation.ofLogits("logits").spec(),
        EvaluationRequest.of(
                "{\"logits\": \"logits\", \"probabilities\": null, \"figures\": null, \"seed\":"
                    + " null}")
            .evaluation(table)
            .spec());
  }

  @Test
  void documentsOfAnEvaluationAreThoseOfItsResult() {
    String settings =
        "\"logits\": \"logits\", \"slices\": [[\"l\u00e4nd\", \"device\"]], \"weight\": \"w\","
            + " \"metrics\": [\"log_loss\", \"ece\"], \"gates\": [\"accuracy < 2\"]";
    EvaluationResult expected =
        Evaluation.ofLogits("logits")
            .slice("l\u00e4nd", "device")
            .weight("w")
            .metrics("log_loss", "ece", "accuracy")
            .run(table)
            .check(List.of(Gate.parse("accuracy < 2")));
    assertTrue(expected.gates().get(0).isViolated());
    assertEquals(
        new Documents(
            JsonReport.of(expected),
            HtmlReport.of(expected, "predictions"),
            ConsoleReport.of(expected)),
        Request.of("evaluation", "{%s}".formatted(settings)).run(table));
    assertEquals(
        new Documents(
            JsonReport.of(expected.withoutBins()),
            HtmlReport.of(expected, "Titel"),
            ConsoleReport.of(expected)),
        Request.of("evaluation", "{%s, \"title\": \"Titel\", \"bins\": false}".formatted(settings))
            .run(table));
  }

  @Test
  void classesKeepTheirNamesWithoutBins() {
    EvaluationResult expected = Evaluation.ofLogits("logits").classNames("a", "b", "c").run(table);
    assertEquals(List.of("a", "b", "c"), expected.withoutBins().classNames());
    String json =
        Request.of(
                "evaluation",
                "{\"logits\": \"logits\", \"class_names\": [\"a\", \"b\", \"c\"], \"bins\": false}")
            .run(table)
            .json();
    assertTrue(json.contains("\"class_names\" : [ \"a\", \"b\", \"c\" ]"), json);
  }

  private void assertForecast(String settings, ForecastEvaluation builder) {
    EvaluationResult expected = builder.label("y").run(table);
    Documents found =
        Request.of("forecast", "{%s, \"label\": \"y\"}".formatted(settings)).run(table);
    assertEquals(JsonReport.of(expected), found.json());
    assertEquals(HtmlReport.of(expected, "forecasts"), found.html());
  }

  @Test
  void keysOfForecastsAreMethods() {
    assertForecast("\"point\": \"mu\"", ForecastEvaluation.ofPoint("mu"));
    assertForecast(
        "\"mean\": \"mu\", \"sigma\": \"sigma\"", ForecastEvaluation.ofNormal("mu", "sigma"));
    assertForecast(
        "\"low\": \"mu\", \"high\": \"id\", \"alpha\": 0.1, \"policies\": {\"null_label\":"
            + " \"drop\"}",
        ForecastEvaluation.ofInterval("mu", "id", 0.1).policy(InputCheck.NULL_LABEL, Policy.DROP));
    assertForecast(
        "\"quantiles\": \"range\", \"levels\": [0.25, 0.75]",
        ForecastEvaluation.ofQuantiles("range", 0.25, 0.75));
    assertForecast("\"ensemble\": \"range\"", ForecastEvaluation.ofEnsemble("range"));
    assertForecast(
        "\"point\": \"mu\", \"weight\": \"w\", \"slices\": [\"device\"], \"slice_limit\": 9,"
            + " \"bootstrap\": \"id\", \"replicates\": 30, \"seed\": 7, \"level\": 0.8",
        ForecastEvaluation.ofPoint("mu")
            .weight("w")
            .slice("device")
            .sliceLimit(9)
            .bootstrap("id")
            .replicates(30)
            .seed(7)
            .level(0.8));
    assertForecast(
        "\"point\": \"mu\", \"cluster\": \"w\"", ForecastEvaluation.ofPoint("mu").cluster("w"));
    assertForecast(
        "\"point\": \"mu\", \"standard_errors\": true",
        ForecastEvaluation.ofPoint("mu").standardErrors());
    Gate gate = Gate.parse("slice(w): mae > 0");
    assertEquals(
        JsonReport.of(
            ForecastEvaluation.ofPoint("mu")
                .label("y")
                .forGate(gate)
                .run(table)
                .check(List.of(gate))
                .withoutBins()),
        Request.of(
                "forecast",
                "{\"point\": \"mu\", \"label\": \"y\", \"bins\": false, \"gates\": [\"slice(w): mae"
                    + " > 0\"]}")
            .run(table)
            .json());
  }

  @Test
  void comparisonsAreThoseOfTheBuilder() {
    Evaluation judged =
        Evaluation.ofLogits("logits").slice("device").metrics("log_loss", "ece").cluster("w");
    ComparisonResult expected = Comparison.of("old", judged).model("n\u00e9w", "other").run(table);
    Documents found =
        Request.of(
                "comparison",
                "{\"logits\": {\"old\": \"logits\", \"n\u00e9w\": \"other\"}, \"slices\":"
                    + " \"device\", \"metrics\": [\"log_loss\", \"ece\"], \"cluster\": \"w\","
                    + " \"title\": \"t\"}")
            .run(table);
    assertEquals(
        new Documents(
            ComparisonJson.of(expected),
            ComparisonPage.of(expected, "t"),
            ComparisonConsole.of(expected)),
        found);
  }

  @Test
  void comparesTwoTables() {
    Dataset<Row> second = table.where("id > 10").select("id", "other");
    second.createOrReplaceTempView("request_second");
    ComparisonResult expected =
        Comparison.of("old", Evaluation.ofLogits("logits").key("id"))
            .model("new", "other")
            .run(table, second);
    Documents found =
        Request.of(
                "comparison",
                "{\"logits\": {\"old\": \"logits\", \"new\": \"other\"}, \"key\": \"id\","
                    + " \"second\": \"request_second\", \"bins\": false}")
            .run(table);
    assertEquals(ComparisonJson.of(expected.withoutBins()), found.json());
    assertEquals(ComparisonPage.of(expected, "predictions"), found.html());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "evaluation | {'logits': 'l', 'slcies': []} | evaluation: unknown parameter 'slcies'; did"
            + " you mean 'slices'?",
        "evaluation | {'logits': 1} | evaluation: logits = 1 is not allowed; allowed: a text",
        "evaluation | {'logits': 'l', 'classes': 3.5} | evaluation: classes = 3.5 is not allowed;"
            + " allowed: a whole number of at most 2147483647",
        "evaluation | {'logits': 'l', 'classes': 4294967298} | evaluation: classes = 4294967298 is"
            + " not allowed; allowed: a whole number of at most 2147483647",
        "evaluation | {'logits': 'l', 'bootstrap': 'id', 'seed': 9223372036854775808} | evaluation:"
            + " seed = 9223372036854775808 is not allowed; allowed: a whole number of 64 bits",
        "evaluation | {'logits': 'l', 'level': 'NaN'} | level = NaN is not allowed; give the"
            + " probability covered, in (0, 1), as 0.95",
        "evaluation | {'logits': 'l', 'level': 1e999} | level = Infinity is not allowed; give the"
            + " probability covered, in (0, 1), as 0.95",
        "evaluation | {'logits': 'l', 'level': '0.9'} | evaluation: level = \"0.9\" is not allowed;"
            + " allowed: a number",
        "evaluation | {'logits': 'l', 'figures': 1} | evaluation: figures = 1 is not allowed;"
            + " allowed: true or false",
        "evaluation | {'logits': 'l', 'metrics': ['log_loss', 3]} | evaluation: metrics = 3 is not"
            + " allowed; allowed: a text or a list of texts",
        "evaluation | {'logits': 'l', 'metrics': ['log_los']} | unknown metric 'log_los'; did you"
            + " mean 'log_loss'?",
        "evaluation | {'logits': 'l', 'slices': [['a', null]]} | evaluation: slices = null is not"
            + " allowed; allowed: a list of columns, or of lists of columns together",
        "evaluation | {'logits': 'l', 'policies': 'drop'} | evaluation: policies = \"drop\" is not"
            + " allowed; allowed: an object of names and texts",
        "evaluation | {'logits': 'l', 'policies': {'null_lable': 'drop'}} | evaluation: policies:"
            + " unknown check 'null_lable'; did you mean 'null_label'?",
        "evaluation | {'logits': 'l', 'policies': {'null_label': 'skip'}} | evaluation:"
            + " policies.null_label = 'skip' is not allowed; allowed: fail, drop, count",
        "evaluation | {'logits': 'l', 'positive': ['a']} | evaluation: positive = [\"a\"] is not"
            + " allowed; allowed: a text, a number or a truth value",
        "evaluation | {'logits': 'l', 'positive': 'a', 'class_names': ['a', 'b']} | evaluation:"
            + " positive names one class of two and class_names all; leave one out",
        "evaluation | {'logits': 'l', 'bootstrap': 'a', 'cluster': 'b'} | evaluation: bootstrap"
            + " draws rows and cluster groups of them; leave one out",
        "evaluation | {'logits': 'l', 'seed': 3} | evaluation: seed is of a bootstrap; give"
            + " bootstrap, the key of the rows, or cluster",
        "evaluation | {'logits': 'l', 'settings': 'request_settings'} | evaluation: metrics must be"
            + " given; settings are those of metrics that are named",
        "evaluation | {'logits': 'l', 'probabilities': 'p'} | evaluation: give the predictions as"
            + " logits or as probabilities, got both",
        "evaluation | {} | evaluation: give the predictions as logits or as probabilities, got"
            + " neither",
        "evaluation | [] | evaluation: the settings are no JSON object of name and value",
        "evaluation | {'logits': 'a', 'logits': 'b'} | evaluation: the settings are no JSON:"
            + " Duplicate field 'logits'",
        "comparison | {'logits': 'l'} | comparison: logits = \"l\" is not allowed; allowed: an"
            + " object of names and texts",
        "comparison | {'logits': {'a': 'l'}} | comparison: logits names one model alone; give the"
            + " columns of two models or more, the baseline first",
        "comparison | {'logits': {'a': 3}} | comparison: logits.a = 3 is not allowed; allowed: a"
            + " text",
        "comparison | {'logits': {'a': 'l', 'b': 'm'}, 'gates': []} | `comparison: unknown"
            + " parameter 'gates'; it takes logits, probabilities, key, metrics,`",
        "forecast | {'mean': 'a'} | forecast: sigma must be given; it belongs to mean",
        "forecast | {'mean': 'a', 'low': 'b'} | `forecast: forecasts are point, or mean with sigma,"
            + " or low with high with alpha, or quantiles with levels, or ensemble; got mean, low`",
        "forecast | {'quantiles': 'q', 'levels': [0.5, 'x']} | forecast: levels = \"x\" is not"
            + " allowed; allowed: a number",
        "report | {} | report: kind = 'report' is not allowed; allowed: evaluation, comparison,"
            + " forecast",
      })
  void refusesInOneLine(String kind, String settings, String message) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Request.of(kind, settings.replace('\'', '"')).run(table));
    assertTrue(
        refusal.getMessage().startsWith(message), () -> refusal.getMessage() + "\n" + message);
    assertEquals(1, refusal.getMessage().lines().count());
  }

  @Test
  void textThatIsNoJsonIsRefusedInOneLine() {
    for (String text : List.of("", "{", "{} {}", "{\"logits\": NaN}", "9".repeat(5000))) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> Request.of("evaluation", text));
      assertTrue(refusal.getMessage().startsWith("evaluation: the settings are no JSON"), text);
      assertEquals(1, refusal.getMessage().lines().count());
    }
  }

  @Test
  void rowsAreRefusedWithTheSettingThatLetsThemPass() {
    InvalidRowException refusal =
        assertThrows(
            InvalidRowException.class,
            () ->
                Request.of("evaluation", "{\"logits\": \"logits\", \"label\": \"y\"}").run(table));
    assertEquals(InputCheck.LABEL_OUT_OF_RANGE, refusal.check());
    assertTrue(
        refusal
            .getMessage()
            .endsWith(
                "to leave such rows out and count them: policies={\"label_out_of_range\":"
                    + " \"drop\"}"),
        refusal.getMessage());
  }
}
