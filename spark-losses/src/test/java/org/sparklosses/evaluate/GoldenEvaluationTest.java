package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class GoldenEvaluationTest {

  private static final double FROM_DOUBLE = 1e-12;
  private static final double FROM_FLOAT = 2e-6;

  /** Differences of nearly equal numbers under a square root: the catalogue's class Q. */
  private static final double DEBIASED = 1e-10;

  /** Metrics whose golden takes rows of probabilities, by the name of the golden. */
  private static final Map<String, String> OF_ROWS =
      Map.of(
          "top_label_calibration_error", "top_label_calibration_error",
          "classwise_calibration_error", "classwise_calibration_error",
          "log_loss_logits", "log_loss",
          "log_loss_probs", "log_loss_probs",
          "brier_multiclass", "brier_multiclass",
          "top_k_accuracy", "top_k_accuracy",
          "focal_loss", "focal_loss");

  /** Metrics whose golden takes the probability of one class of two. */
  private static final Map<String, String> OF_PAIRS =
      Map.of(
          "binary_calibration_error", "binary_calibration_error",
          "average_calibration_error", "average_calibration_error",
          "over_under_confidence", "over_under_confidence",
          "reliability_diagram", "reliability_diagram",
          "brier_binary", "brier");

  private static final Set<String> WITH_PAIR =
      Set.of("average_calibration_error", "over_under_confidence", "reliability_diagram");

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
    List<Golden.Entry> entries =
        golden.entries().stream()
            .filter(e -> OF_ROWS.containsKey(e.name()) && isUniform(e))
            .toList();
    assertTrue(entries.size() > 10, name);
    Dataset<Row> table = rows(golden, spark);
    Evaluation probabilities = evaluation(golden, Evaluation.ofProbabilities("probs"));
    check(entries, probabilities, table, FROM_DOUBLE);
    if (golden.has("logits")) {
      check(entries, evaluation(golden, Evaluation.ofLogits("logits")), table, FROM_DOUBLE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mc10", "mc3_weighted", "real_digits_mlp"})
  void floatLogits(String name, SparkSession spark) {
    Golden golden = Golden.read(name);
    List<Golden.Entry> entries =
        golden.entries().stream()
            .filter(e -> Set.of("log_loss_logits", "brier_multiclass").contains(e.name()))
            .toList();
    Dataset<Row> table = rows(golden, spark);
    table = table.withColumn("logits", table.col("logits").cast("array<float>"));
    check(entries, evaluation(golden, Evaluation.ofLogits("logits")), table, FROM_FLOAT);
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
    List<Golden.Entry> entries =
        golden.entries().stream()
            .filter(
                e ->
                    OF_PAIRS.containsKey(e.name())
                        && isUniform(e)
                        && "p".equals(e.args().get("p"))
                        && "y".equals(e.args().get("y")))
            .toList();
    assertTrue(entries.size() > 10, name);
    double[] p = golden.vector("p");
    double[] y = golden.vector("y");
    double[] w = golden.has("w") ? golden.vector("w") : null;
    StructType schema =
        new StructType()
            .add("p", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType)
            .add("w", DataTypes.DoubleType);
    List<Row> rows =
        IntStream.range(0, p.length)
            .mapToObj(i -> RowFactory.create(p[i], y[i], w == null ? 1.0 : w[i]))
            .toList();
    Dataset<Row> table = spark.createDataFrame(rows, schema);
    Evaluation evaluation = evaluation(golden, Evaluation.ofProbabilities("p"));
    EvaluationResult result =
        evaluation
            .metrics(entries.stream().map(GoldenEvaluationTest::pairSpec).toList())
            .run(table);
    for (int i = 0; i < entries.size(); i++) {
      MetricResult metric = result.overall().metrics().get(i);
      if (entries.get(i).name().equals("reliability_diagram")) {
        checkDiagram(entries.get(i), metric.reliability().orElseThrow());
      } else {
        checkValues(entries.get(i), metric, FROM_DOUBLE);
      }
    }
  }

  private static MetricSpec pairSpec(Golden.Entry entry) {
    MetricSpec spec = withoutStrategy(entry.as(OF_PAIRS.get(entry.name())));
    if (entry.name().equals("brier_binary")) {
      // The two classes have the same squared error.
      return spec.with("reduction", "half");
    }
    return WITH_PAIR.contains(spec.name()) ? spec.with("of", "positive") : spec;
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

  private static boolean isUniform(Golden.Entry entry) {
    return !"quantile".equals(entry.params().get("strategy"))
        && !entry.params().containsKey("threshold");
  }

  private static Evaluation evaluation(Golden golden, Evaluation evaluation) {
    Evaluation labelled = evaluation.label("y");
    return golden.has("w") ? labelled.weight("w") : labelled;
  }

  private static Dataset<Row> rows(Golden golden, SparkSession spark) {
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

  private static void check(
      List<Golden.Entry> entries, Evaluation evaluation, Dataset<Row> table, double tolerance) {
    List<MetricSpec> specs =
        entries.stream().map(e -> withoutStrategy(e.as(OF_ROWS.get(e.name())))).toList();
    EvaluationResult result = evaluation.metrics(specs).run(table);
    for (int i = 0; i < entries.size(); i++) {
      checkValues(entries.get(i), result.overall().metrics().get(i), tolerance);
    }
  }

  private static MetricSpec withoutStrategy(MetricSpec spec) {
    MetricSpec kept = MetricSpec.of(spec.name());
    for (Map.Entry<String, String> parameter : spec.parameters().entrySet()) {
      if (!parameter.getKey().equals("strategy")) {
        kept = kept.with(parameter.getKey(), parameter.getValue());
      }
    }
    return kept;
  }

  private static void checkValues(Golden.Entry entry, MetricResult metric, double tolerance) {
    double allowed = "true".equals(entry.params().get("debias")) ? DEBIASED : tolerance;
    metric
        .values()
        .forEach(
            (part, value) -> {
              double expected =
                  part.equals("value")
                      ? entry.value().asDouble()
                      : entry.value().get(part).asDouble();
              close(expected, value, allowed, entry.name() + entry.params() + " " + part);
            });
  }

  private static void close(double expected, double actual, double tolerance, String what) {
    if (Double.isNaN(expected)) {
      assertTrue(Double.isNaN(actual), what);
    } else {
      assertEquals(expected, actual, tolerance * Math.max(1, Math.abs(expected)), what);
    }
  }
}
