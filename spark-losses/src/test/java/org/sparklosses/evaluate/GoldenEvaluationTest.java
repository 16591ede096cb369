// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.RowFunction;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.testing.SharedSession;

/** Every golden value of a metric that is registered, through an evaluation. */
@ExtendWith(SharedSession.class)
class GoldenEvaluationTest {

  private static final double FROM_DOUBLE = 1e-12;
  private static final double FROM_FLOAT = 2e-6;

  /** Differences of nearly equal numbers under a square root: the catalogue's class Q. */
  private static final double CANCELLING = 1e-10;

  /** Optimisers: the catalogue's class O. */
  private static final double OPTIMISED = 1e-6;

  /** Integrals on a grid: the catalogue's class G. */
  private static final double INTEGRATED = 1e-5;

  private static final Map<String, Double> TOLERANCES =
      Map.of(
          "mmce", CANCELLING,
          "cox_calibration", OPTIMISED,
          "log_loss_refinement", OPTIMISED,
          "smooth_ece", INTEGRATED,
          "smooth_ece_sigma", INTEGRATED,
          "smooth_ece_binned", INTEGRATED);

  /** A sample of so many is all rows. */
  private static final int ALL_ROWS = 20_000;

  /** A p-value has an error function that is computed otherwise. */
  private static final double P_VALUE = 1e-10;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mc3",
        "mc3_weighted",
        "mc3_ties",
        "mc3_tiny1",
        "mc3_tiny2",
        "mc3_tiny3",
        "mc3_tiny4",
        "mc3_tiny5",
        "mc4_all_correct",
        "mc4_all_wrong",
        "mc10",
        "mc100",
        "real_digits_lr",
        "real_digits_mlp",
        "real_wine_lr",
        "real_wine_mlp"
      })
  void rowsOfSeveralClasses(String name, SparkSession spark) {
    Golden golden = Golden.read(name);
    Dataset<Row> table = rows(golden, spark);
    Predicate<Golden.Entry> ofRows = e -> e.isOf("probs") || e.isOf("logits") || e.isOf("conf");
    int checked = check(golden, ofRows, Evaluation.ofProbabilities("probs"), table, FROM_DOUBLE);
    assertTrue(checked > 20, name);
    if (golden.has("logits")) {
      // Logits in another order can have probabilities that differ in the last bit: no ties.
      Predicate<Golden.Entry> ofLogits = name.equals("mc3_ties") ? e -> e.isOf("logits") : ofRows;
      check(golden, ofLogits, Evaluation.ofLogits("logits"), table, FROM_DOUBLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mc10", "mc3_weighted", "real_digits_mlp"})
  void floatLogits(String name, SparkSession spark) {
    Golden golden = Golden.read(name);
    Dataset<Row> table = rows(golden, spark);
    table = table.withColumn("logits", table.col("logits").cast("array<float>"));
    Set<String> names = Set.of("log_loss_logits", "brier_multiclass");
    check(golden, e -> names.contains(e.name()), Evaluation.ofLogits("logits"), table, FROM_FLOAT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin_all_negative",
        "bin_all_positive",
        "bin_calibrated",
        "bin_edges",
        "bin_empty_bins",
        "bin_overconfident",
        "bin_ties",
        "bin_tiny1",
        "bin_tiny2",
        "bin_tiny3",
        "bin_tiny4",
        "bin_tiny5",
        "bin_underconfident_shifted",
        "bin_weighted",
        "real_breast_cancer_lr",
        "real_breast_cancer_mlp"
      })
  void probabilityOfOneClass(String name, SparkSession spark) {
    Golden golden = Golden.read(name);
    int checked =
        check(
            golden,
            e -> e.isOf("p") && e.isOf("y"),
            Evaluation.ofProbabilities("p"),
            pairs(golden, "p", spark),
            FROM_DOUBLE);
    assertTrue(checked > 20, name);
    if (golden.has("z")) {
      check(
          golden,
          e -> e.isOf("z") && e.isOf("y"),
          Evaluation.ofLogits("z"),
          pairs(golden, "z", spark),
          FROM_DOUBLE);
    }
  }

  /** A score that is no probability is the logit of a class, by which rows are ranked. */
  @ParameterizedTest
  @ValueSource(
      strings = {"msp", "max_logit", "neg_entropy", "energy", "margin", "logit_margin", "doctor"})
  void detectionOfOtherData(String score, SparkSession spark) {
    Golden golden = Golden.read("ood");
    int checked = 0;
    for (List<String> pair :
        List.of(List.of("score_" + score, "is_id"), List.of("neg_" + score, "is_ood"))) {
      checked +=
          check(
              golden,
              e -> e.isOf(pair.get(0)) && e.isOf(pair.get(1)),
              Evaluation.ofLogits(pair.get(0)),
              pairs(golden, pair.get(0), pair.get(1), spark),
              FROM_DOUBLE);
    }
    assertEquals(8, checked);
  }

  /** Runs the entries that there are metrics for; how many they are. */
  private static int check(
      Golden golden,
      Predicate<Golden.Entry> selected,
      Evaluation evaluation,
      Dataset<Row> table,
      double tolerance) {
    List<Golden.Entry> entries = new ArrayList<>();
    List<MetricSpec> specs = new ArrayList<>();
    for (Golden.Entry entry : golden.entries()) {
      Optional<MetricSpec> spec = spec(entry);
      if (selected.test(entry) && spec.isPresent() && !isOfOrder(golden, entry)) {
        entries.add(entry);
        specs.add(spec.get());
      }
    }
    if (!specs.isEmpty()) {
      Evaluation labelled = evaluation.label("y");
      EvaluationResult result =
          (golden.has("w") ? labelled.weight("w") : labelled).metrics(specs).run(table);
      for (int i = 0; i < entries.size(); i++) {
        check(golden, entries.get(i), result.overall().metrics().get(i), tolerance);
      }
    }
    return entries.size();
  }

  /** A table has no order that could split ties. */
  private static boolean isOfOrder(Golden golden, Golden.Entry entry) {
    return entry.name().equals("ece_sweep")
        && Arrays.stream(golden.vector("p")).distinct().count() < golden.vector("p").length;
  }

  /** Whether a function reads no other columns than every evaluation does. */
  private static boolean isOfLogits(RowFunction function) {
    return function.columns().stream()
        .allMatch(column -> List.of("logits", "label", "target").contains(column.name()));
  }

  private static Optional<MetricSpec> spec(Golden.Entry entry) {
    Optional<Metric> metric = Metrics.find(entry.name());
    if (metric.isEmpty()) {
      boolean isFunction =
          Metrics.functions().stream()
              .filter(GoldenEvaluationTest::isOfLogits)
              .map(RowFunction::name)
              .anyMatch(entry.name()::equals);
      MetricSpec spec = new MetricSpec(entry.name(), entry.params());
      return isFunction
          ? Optional.of(entry.name().equals("dual_focal_loss") ? spec.with("gamma", 5) : spec)
          : Optional.empty();
    }
    List<String> known = metric.get().parameters().stream().map(Parameter::name).toList();
    MetricSpec spec = MetricSpec.of(entry.name());
    for (Map.Entry<String, String> parameter : entry.params().entrySet()) {
      if (known.contains(parameter.getKey()) || !parameter.getValue().equals("uniform")) {
        spec = spec.with(parameter.getKey(), parameter.getValue());
      }
    }
    if (known.contains("sample_size")) {
      spec = spec.with("sample_size", ALL_ROWS);
    }
    boolean isBinary = entry.isOf("p") || entry.isOf("z");
    if (entry.isOf("is_id") || entry.isOf("is_ood")) {
      return Optional.of(spec.with("of", "positive_logit"));
    }
    if (entry.name().equals("risk_coverage")) {
      return Optional.of(spec.with("points", 100_000));
    }
    return Optional.of(isBinary && known.contains("of") ? spec.with("of", "positive") : spec);
  }

  private static void check(
      Golden golden, Golden.Entry entry, MetricResult metric, double tolerance) {
    double least = "true".equals(entry.params().get("debias")) ? CANCELLING : 0;
    double allowed =
        Math.max(tolerance, Math.max(least, TOLERANCES.getOrDefault(entry.name(), 0.0)));
    String what = golden.name() + " " + entry.name() + entry.params() + " ";
    switch (entry.name()) {
      case "reliability_diagram" -> checkDiagram(entry, metric.reliability().orElseThrow());
      case "confusion_matrix" -> checkConfusion(entry, metric);
      case "risk_coverage" -> checkCurve(entry, metric);
      case "hosmer_lemeshow" -> {
        if (entry.value().get("statistic").isTextual()) {
          // A group of p = 1 with a miss: the reference leaves the quotient by 0 undefined.
          assertEquals(Double.POSITIVE_INFINITY, metric.values().get("statistic"), what);
          assertEquals(0, metric.values().get("p_value"), what);
        } else {
          checkParts(entry, metric, allowed, what);
        }
      }
      default -> checkParts(entry, metric, allowed, what);
    }
  }

  private static void checkParts(
      Golden.Entry entry, MetricResult metric, double allowed, String what) {
    if (entry.value().isObject()) {
      for (Iterator<String> parts = entry.value().fieldNames(); parts.hasNext(); ) {
        String part = parts.next();
        JsonNode number = entry.value().get(part);
        // Pairs of neighbouring rows: a table has no order.
        boolean isOfOrder = entry.name().equals("skce") && part.equals("linear");
        if (!isOfOrder && (number.isNumber() || number.asText().equals("NaN"))) {
          Double value = metric.values().get(part);
          assertTrue(value != null, () -> what + "has no " + part);
          double expected = number.isNumber() ? number.asDouble() : Double.NaN;
          close(expected, value, part.equals("p_value") ? P_VALUE : allowed, what + part);
        }
      }
    } else {
      double expected =
          entry.value().asText().equals("NaN") ? Double.NaN : entry.value().asDouble();
      // Too many distinct scores for the state: the value is off a grid, with its certificate.
      double bound = isPooled(entry) ? metric.values().get("error_bound") : 0;
      assertTrue(bound < 1e-2, what + bound);
      close(expected, metric.value(), allowed + bound, what);
    }
  }

  private static void checkDiagram(Golden.Entry entry, ReliabilityTable table) {
    for (int b = 0; b < table.bins().size(); b++) {
      ReliabilityTable.Bin bin = table.bins().get(b);
      String what = entry.params() + " bin " + b;
      close(entry.value().get("sum_w").get(b).asDouble(), bin.sumWeight(), FROM_DOUBLE, what);
      close(entry.value().get("mean_p").get(b).asDouble(), bin.meanPredicted(), FROM_DOUBLE, what);
      close(entry.value().get("mean_y").get(b).asDouble(), bin.meanObserved(), FROM_DOUBLE, what);
      assertEquals(entry.value().get("count").get(b).asLong(), bin.count(), what);
    }
    assertEquals(entry.value().get("count").size(), table.bins().size());
  }

  private static void checkConfusion(Golden.Entry entry, MetricResult metric) {
    double[][] actual = new double[entry.value().size()][entry.value().size()];
    for (List<Double> cell : metric.numbers().get(0).rows()) {
      actual[cell.get(0).intValue()][cell.get(1).intValue()] = cell.get(3);
    }
    for (int y = 0; y < actual.length; y++) {
      JsonNode row = entry.value().get(y);
      for (int k = 0; k < actual.length; k++) {
        close(row.get(k).asDouble(), actual[y][k], FROM_DOUBLE, "label " + y + " as " + k);
      }
    }
  }

  /** Whether it is of more scores than rows. */
  private static boolean isPooled(Golden.Entry entry) {
    return "micro".equals(entry.params().get("average"));
  }

  private static void checkCurve(Golden.Entry entry, MetricResult metric) {
    List<List<Double>> points = metric.numbers().get(0).rows();
    for (int i = 0; i < points.size(); i++) {
      close(
          entry.value().get("coverage").get(i).asDouble(),
          points.get(i).get(0),
          FROM_DOUBLE,
          "coverage of point " + i);
      close(
          entry.value().get("selective_risk").get(i).asDouble(),
          points.get(i).get(1),
          FROM_DOUBLE,
          "risk of point " + i);
    }
    assertEquals(entry.value().get("coverage").size(), points.size());
  }

  static Dataset<Row> rows(Golden golden, SparkSession spark) {
    double[][] probs = golden.matrix("probs");
    double[][] logits = golden.has("logits") ? golden.matrix("logits") : probs;
    double[] y = golden.vector("y");
    double[] w = golden.has("w") ? golden.vector("w") : null;
    StructType schema =
        new StructType()
            .add("logits", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("probs", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("y", DataTypes.IntegerType)
            .add("w", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      rows.add(RowFactory.create(logits[i], probs[i], (int) y[i], w == null ? 1.0 : w[i]));
    }
    return spark.createDataFrame(rows, schema);
  }

  private static Dataset<Row> pairs(Golden golden, String input, SparkSession spark) {
    return pairs(golden, input, "y", spark);
  }

  private static Dataset<Row> pairs(Golden golden, String input, String label, SparkSession spark) {
    double[] score = golden.vector(input);
    double[] y = golden.vector(label);
    double[] w = golden.has("w") ? golden.vector("w") : null;
    StructType schema =
        new StructType()
            .add(input, DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("w", DataTypes.DoubleType);
    List<Row> rows =
        IntStream.range(0, score.length)
            .mapToObj(i -> RowFactory.create(score[i], y[i], w == null ? 1.0 : w[i]))
            .toList();
    return spark.createDataFrame(rows, schema);
  }

  private static void close(double expected, double actual, double tolerance, String what) {
    if (Double.isNaN(expected)) {
      assertTrue(Double.isNaN(actual), what);
    } else {
      assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }
  }
}
