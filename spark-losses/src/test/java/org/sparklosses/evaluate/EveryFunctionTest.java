// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Metrics;
import org.sparklosses.ml.LossEvaluator;
import org.sparklosses.table.InvalidRowException;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.SharedSession;

/** Every function with a number or a truth value is a metric: its mean is that of SQL. */
@ExtendWith(SharedSession.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFunctionTest {

  private static final String TABLE =
      """
      SELECT id, label, country, w,
             transform(sequence(0, 3), c -> 3 * sin(id * 7 + c * 3)) AS z,
             transform(sequence(0, 3), c -> 2 * cos(id * 5 + c * 2)) AS teacher,
             array(0.1 + u / 2, 0.2, 0.3, 0.4 - u / 2) AS p,
             array(0.4, 0.3, 0.2, 0.1) AS q,
             array(0D, 1D, 0D, 1D) AS several,
             array(array(u, 1, 0, -1), array(1D, -u, u, 2D)) AS many,
             u, -u AS minus, 3 * sin(id) AS logit, CAST(u > 0.4 AS INT) AS yes
      FROM (SELECT id, CAST(id % 4 AS INT) AS label, IF(id % 3 = 0, 'NO', 'SE') AS country,
                   1 + id % 5 AS w, (id % 8) / 10D AS u FROM range(0, 40, 1, 2))
      """;

  /** What functions require, as metrics write it. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("alpha", "0.5"),
          Map.entry("gamma", "2"),
          Map.entry("epsilons", "1;0.5"),
          Map.entry("n", "3"),
          Map.entry("class_counts", "40;30;20;10"),
          Map.entry("prior", "0.4;0.3;0.2;0.1"),
          Map.entry("min_value", "0"),
          Map.entry("max_value", "1"),
          Map.entry("part", "total"),
          Map.entry("trained", "0.5"),
          Map.entry("actual", "0.25"),
          Map.entry("keep_rate", "0.5"),
          Map.entry("a", "0.75"),
          Map.entry("b", "1.25"),
          Map.entry("c", "-0.5"),
          Map.entry("slope", "0.75"),
          Map.entry("intercept", "-0.5"),
          Map.entry("temperature", "2"));

  private Dataset<Row> rows;
  private Dataset<Row> batches;

  /** The means by country, and of all rows by null. */
  private final Map<String, Row> means = new HashMap<>();

  @BeforeAll
  void table(SparkSession spark, @TempDir Path directory) {
    rows = spark.sql(TABLE);
    String path = directory.resolve("table").toString();
    rows.write().parquet(path);
    batches = spark.read().parquet(path);
    Column[] all = functions().stream().map(EveryFunctionTest::mean).toArray(Column[]::new);
    batches
        .rollup("country")
        .agg(all[0], Arrays.copyOfRange(all, 1, all.length))
        .collectAsList()
        .forEach(row -> means.put(row.getString(0), row));
  }

  static List<RowFunction> functions() {
    return Metrics.functions();
  }

  @Test
  void areAllThatGiveOneNumber() {
    // The mean of a class index, of an array or of a struct says nothing.
    assertEquals(
        RowFunctions.all().stream()
            .filter(f -> f.result() == ResultType.DOUBLE || f.result() == ResultType.BOOLEAN)
            .toList(),
        functions());
    assertTrue(functions().size() > 90);
  }

  @Test
  void ofSlicesInOnePass() {
    String[] metrics = functions().stream().map(EveryFunctionTest::metric).toArray(String[]::new);
    for (Dataset<Row> table : List.of(rows.repartition(3), batches)) {
      EvaluationResult result =
          Evaluation.ofLogits("z")
              .label("label")
              .weight("w")
              .slice("country")
              .metrics(metrics)
              .run(table);
      assertEquals(2, result.slices().size());
      for (SliceResult slice : result.slices()) {
        for (int i = 0; i < metrics.length; i++) {
          assertMean(slice.slice().get("country"), i, slice.metrics().get(i).value());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void byLossEvaluator(RowFunction function) {
    LossEvaluator evaluator =
        new LossEvaluator().setRawPredictionCol("z").setWeightCol("w").setLoss(metric(function));
    double mean = means.get(null).getDouble(1 + functions().indexOf(function));
    double best = function.ideal().orElse(0);
    double expected = function.ideal().isPresent() ? Math.abs(mean - best) : mean;
    assertEquals(
        expected, evaluator.evaluate(batches), 1e-12 * (1 + Math.abs(mean)), function.name());
  }

  @Test
  void neverSeesRowsThatAreLeftOut() {
    Dataset<Row> table = rows.selectExpr("z", "teacher", "IF(id < 4, 9, label) AS label", "id");
    double expected =
        table.where("id >= 4").selectExpr("avg(nkd_loss(z, teacher, label))").first().getDouble(0);
    Evaluation evaluation =
        Evaluation.ofLogits("z").label("label").metrics("nkd_loss(teacher_logits=teacher)");
    EvaluationResult result =
        evaluation.policy(InputCheck.LABEL_OUT_OF_RANGE, Policy.DROP).run(table);
    assertEquals(expected, result.overall().metrics().get(0).value(), 1e-12);
    assertEquals(4, result.overall().ledger().count(InputCheck.LABEL_OUT_OF_RANGE));
    assertThrows(InvalidRowException.class, () -> evaluation.run(table));
  }

  @Test
  void rowsWithoutAValueDoNotCount() {
    Dataset<Row> table = rows.selectExpr("z", "IF(id % 2 = 0, teacher, NULL) AS teacher", "label");
    double expected = table.selectExpr("avg(kd_loss(z, teacher))").first().getDouble(0);
    EvaluationResult result =
        Evaluation.ofLogits("z")
            .label("label")
            .metrics("kd_loss(teacher_logits=teacher)", "accuracy")
            .run(table);
    assertEquals(expected, result.value("kd_loss"), 1e-12);
    assertEquals(40, result.overall().ledger().rowsEvaluated());
  }

  @Test
  void readsASoftLabelOrOtherLogitsWhereTheyAreNamed() {
    EvaluationResult result =
        Evaluation.ofProbabilities("p")
            .label("label")
            .metrics("cross_entropy_loss(logits=teacher, target=q)")
            .run(rows.selectExpr("q AS p", "teacher", "q", "label"));
    double expected = rows.selectExpr("avg(cross_entropy_loss(teacher, q))").first().getDouble(0);
    assertEquals(expected, result.value("cross_entropy_loss"), 1e-12);
  }

  @Test
  void refusesColumnsThatItCannotRead() {
    Evaluation ofLogits = Evaluation.ofLogits("z").label("label");
    assertRefused(
        "kd_loss: teacher_logits must be given; name its column: kd_loss(teacher_logits=COLUMN)",
        () -> ofLogits.metrics("kd_loss").run(rows));
    assertRefused(
        "no column 'master' (metric) in the table; it has id, label",
        () -> ofLogits.metrics("kd_loss(teacher_logits=master)").run(rows));
    assertRefused(
        "kd_loss: teacher_logits of type STRING is not allowed; allowed: an array of numbers or an"
            + " MLlib vector",
        () -> ofLogits.metrics("kd_loss(teacher_logits=country)").run(rows));
    assertRefused(
        "kd_loss: temperature = 0.0 is not allowed; allowed: a number in (0, inf)",
        () -> ofLogits.metrics("kd_loss(teacher_logits=teacher, temperature=0)").run(rows));
    assertRefused(
        "metric 'kd_loss' needs logits, but the evaluation reads probabilities; name its columns",
        () ->
            Evaluation.ofProbabilities("q")
                .label("label")
                .metrics("kd_loss(teacher_logits=teacher)")
                .run(rows));
  }

  private static void assertRefused(String message, Executable run) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, run);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private void assertMean(String country, int function, double actual) {
    double mean = means.get(country).getDouble(1 + function);
    assertEquals(
        mean, actual, 1e-12 * (1 + Math.abs(mean)), () -> functions().get(function).name());
  }

  private static Column mean(RowFunction function) {
    return expr(
        "sum(w * CAST(%1$s AS DOUBLE)) / sum(IF(%1$s IS NULL, 0, w))".formatted(sql(function)));
  }

  /** The column of a parameter; none where the evaluation's own is meant. */
  private static Optional<String> column(Parameter parameter) {
    return Optional.ofNullable(
        switch (parameter.name()) {
          case "logits", "student_logits", "label" -> null;
          case "targets" -> "several";
          case "p", "distances" -> "p";
          case "q" -> parameter.type() == ParameterType.DOUBLE ? "u" : "q";
          case "log_prob" -> "minus";
          case "logit" -> "logit";
          case "target" -> parameter.type() == ParameterType.TARGET ? null : "u";
          case "sigma" -> "w";
          default ->
              switch (parameter.type()) {
                case MATRIX -> "many";
                case LOGITS -> "teacher";
                default -> "u";
              };
        });
  }

  private static Optional<String> setting(RowFunction function, Parameter parameter) {
    if (parameter.name().equals("values")) {
      return Optional.of(function.name().startsWith("ntl") ? "1;2;null;4" : "0;0.25;0.5;1");
    }
    if (!parameter.required()) {
      return Optional.empty();
    }
    assertTrue(
        SETTINGS.containsKey(parameter.name()),
        () ->
            "%s requires %s; add a value for it to SETTINGS of EveryFunctionTest"
                .formatted(function.name(), parameter.name()));
    return Optional.of(SETTINGS.get(parameter.name()));
  }

  private static String metric(RowFunction function) {
    List<String> parameters = new ArrayList<>();
    for (Parameter parameter : function.parameters()) {
      Optional<String> text = parameter.column() ? column(parameter) : setting(function, parameter);
      // Labels of binary functions are not the classes of z.
      if (parameter.name().equals("label") && function.name().startsWith("binary")) {
        text = Optional.of("yes");
      }
      text.ifPresent(t -> parameters.add(parameter.name() + "=" + t));
    }
    return function.name() + "(" + String.join(", ", parameters) + ")";
  }

  private static String sql(RowFunction function) {
    Stream<String> columns =
        function.columns().stream()
            .map(
                parameter ->
                    function.name().startsWith("binary") && parameter.name().equals("label")
                        ? "yes"
                        : column(parameter)
                            .orElse(parameter.type() == ParameterType.LOGITS ? "z" : "label"));
    Stream<String> settings =
        function.settings().stream()
            .flatMap(
                parameter ->
                    setting(function, parameter)
                        .map(text -> parameter.name() + " => " + literal(parameter, text))
                        .stream());
    return Stream.concat(columns, settings)
        .collect(Collectors.joining(", ", function.name() + "(", ")"));
  }

  private static String literal(Parameter parameter, String text) {
    return switch (parameter.type()) {
      case STRING -> "'" + text + "'";
      case ARRAY, NULLABLE_ARRAY -> "array(" + text.replace(';', ',') + ")";
      default -> text;
    };
  }
}
