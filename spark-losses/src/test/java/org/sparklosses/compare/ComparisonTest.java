// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.inference.McNemar;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.Policy;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class ComparisonTest {

  private static final GoldenFile GOLDEN = GoldenFile.calibration("inference");

  private static final Evaluation OLD = Evaluation.ofLogits("za").key("id");

  /** With the model whose logits are zb. */
  private static Comparison withNew(Evaluation old) {
    return Comparison.of("old", old).model("new", "zb");
  }

  private final SparkSession spark;

  ComparisonTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The loss of logits (z, 0) and label 0 is log(1 + e^-z): z is chosen to give each loss. */
  @Test
  void pairedTestOfGoldenLosses() {
    for (Entry golden : GOLDEN.of("paired_t")) {
      ComparisonResult result =
          Comparison.of("b", Evaluation.ofLogits("zb").metrics("log_loss"))
              .model("a", "za")
              .run(ofLosses(golden.vector("a"), golden.vector("b")));
      Difference difference = result.difference("log_loss", "a");
      assertClose(golden.expected("diff"), difference.difference());
      assertClose(golden.expected("se"), difference.standardError());
      assertClose(golden.expected("p_value"), difference.pValue());
      assertEquals(Difference.Test.PAIRED_T, difference.test());
    }
  }

  private Dataset<Row> ofLosses(double[] a, double[] b) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < a.length; i++) {
      rows.add(RowFactory.create(logitsOfLoss(a[i]), logitsOfLoss(b[i]), 0));
    }
    return spark.createDataFrame(
        rows, StructType.fromDDL("za array<double>, zb array<double>, label int"));
  }

  private static double[] logitsOfLoss(double loss) {
    return new double[] {-Math.log(Math.expm1(loss)), 0};
  }

  @Test
  void goldenMcNemar() {
    for (Entry golden : GOLDEN.of("mcnemar")) {
      double[] a = golden.vector("correct_a");
      double[] b = golden.vector("correct_b");
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < a.length; i++) {
        rows.add(RowFactory.create(a[i], b[i], 0));
      }
      Dataset<Row> table =
          spark
              .createDataFrame(rows, StructType.fromDDL("a double, b double, label int"))
              .selectExpr("array(a, 0.5D) AS za", "array(b, 0.5D) AS zb", "label");
      ComparisonResult result =
          Comparison.of("a", Evaluation.ofLogits("za").metrics("accuracy"))
              .model("b", "zb")
              .run(table);
      McNemar test = result.overall().correctness().get(0).mcNemar();
      assertEquals((long) golden.expected("n01"), test.onlySecond());
      assertEquals((long) golden.expected("n10"), test.onlyFirst());
      assertClose(golden.expected("p_exact"), test.pExact());
      assertClose(golden.expected("p_mid"), test.pMid());
      assertClose(golden.expected("chi2_cc"), test.chiSquare());
      assertClose(golden.expected("p_chi2_cc"), test.pChiSquare());
    }
  }

  @Test
  void goldenDeLong() {
    for (Entry golden : GOLDEN.of("delong")) {
      double[][] scores = golden.matrix("S");
      double[] y = golden.vector("y");
      double[] w = golden.vector("w");
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < y.length; i++) {
        rows.add(RowFactory.create(scores[0][i], scores[1][i], (int) y[i], w == null ? 1.0 : w[i]));
      }
      Dataset<Row> table =
          spark
              .createDataFrame(rows, StructType.fromDDL("a double, b double, label int, w double"))
              .repartition(3);
      Evaluation b = Evaluation.ofLogits("b").metrics("roc_auc");
      Difference difference =
          Comparison.of("b", w == null ? b : b.weight("w"))
              .model("a", "a")
              .run(table)
              .difference("roc_auc", "a");
      double[] auc = GoldenFile.doubles(golden.value().get("auc"));
      double[][] covariance = GoldenFile.matrix(golden.value().get("cov"));
      assertClose(auc[0], difference.value());
      assertClose(auc[1], difference.baseline());
      assertClose(
          Math.sqrt(covariance[0][0] + covariance[1][1] - 2 * covariance[0][1]),
          difference.standardError());
      assertClose(golden.expected("p_value"), difference.pValue());
    }
  }

  /** 3 classes, 400 rows, slices of unequal size, one of them NULL. */
  private Dataset<Row> table() {
    return spark
        .range(400)
        .selectExpr(
            "id",
            "CAST(id * 7 % 3 AS INT) AS label",
            "id % 5 / 2.0D AS w",
            "CASE WHEN id < 200 THEN 'x' WHEN id < 320 THEN 'y' WHEN id < 380 THEN 'z' END AS s",
            "transform(sequence(0, 2), k -> 2 * sin(id * (k + 1.3D)) + IF(k = id * 7 % 3, 1, 0))"
                + " AS za",
            "transform(sequence(0, 2), k -> 2 * sin(id * (k + 2.1D)) + IF(k = id * 7 % 3, 1 +"
                + " IF(id < 200, 0.9D, -0.6D), 0)) AS zb");
  }

  private record NaiveRow(double w, double lossA, double lossB, double p, boolean isRight) {}

  private static List<NaiveRow> naive(List<Row> rows, boolean weighted) {
    List<NaiveRow> naive = new ArrayList<>();
    for (Row row : rows) {
      double w = weighted ? row.<Double>getAs("w") : 1;
      if (w > 0) {
        int label = row.getAs("label");
        double[] b = softmax(row.getList(row.fieldIndex("zb")));
        int top = IntStream.range(0, 3).boxed().max((i, j) -> Double.compare(b[i], b[j])).get();
        naive.add(
            new NaiveRow(
                w,
                -Math.log(softmax(row.getList(row.fieldIndex("za")))[label]),
                -Math.log(b[label]),
                b[top],
                top == label));
      }
    }
    return naive;
  }

  private static double[] softmax(List<Double> z) {
    double[] p = z.stream().mapToDouble(Math::exp).toArray();
    double sum = Arrays.stream(p).sum();
    return Arrays.stream(p).map(x -> x / sum).toArray();
  }

  @Test
  void slicesAgreeWithTheRowsOneByOne() {
    for (boolean weighted : new boolean[] {false, true}) {
      Evaluation old = OLD.slice("s").metrics("log_loss", "brier(reduction=mean)");
      ComparisonResult result = withNew(weighted ? old.weight("w") : old).run(table());
      Map<String, List<Row>> slices = new LinkedHashMap<>();
      for (String s : new String[] {null, "x", "y", "z"}) {
        slices.put(s, table().where(col("s").eqNullSafe(s)).collectAsList());
      }
      checkLoss(result.overall(), naive(table().collectAsList(), weighted));
      double[] p = new double[4];
      double[] calibration = new double[4];
      for (int i = 0; i < 4; i++) {
        SliceComparison slice = result.slices().get(i);
        String value = slice.slice().get("s");
        p[i] = checkLoss(slice, naive(slices.get(value), weighted));
        calibration[i] = checkCalibration(slice, naive(slices.get(value), weighted));
      }
      checkAdjusted(
          p,
          result.slices().stream()
              .map(s -> s.difference("log_loss", "new"))
              .map(d -> new double[] {d.holm(), d.benjaminiHochberg()})
              .toList());
      checkAdjusted(
          calibration,
          result.slices().stream()
              .map(s -> s.calibration().get(1))
              .map(d -> new double[] {d.holm(), d.benjaminiHochberg()})
              .toList());
    }
  }

  /** The p-value of the difference of the log losses. */
  private static double checkLoss(SliceComparison slice, List<NaiveRow> rows) {
    double weight = rows.stream().mapToDouble(NaiveRow::w).sum();
    double a = rows.stream().mapToDouble(r -> r.w * r.lossA).sum() / weight;
    double b = rows.stream().mapToDouble(r -> r.w * r.lossB).sum() / weight;
    double n = rows.size();
    double squares =
        rows.stream().mapToDouble(r -> Math.pow(r.w * (r.lossB - r.lossA - (b - a)), 2)).sum();
    double error = Math.sqrt(n / (n - 1) * squares) / weight;
    TDistribution student = new TDistribution(n - 1);
    double p = 2 * student.cumulativeProbability(-Math.abs((b - a) / error));
    double reach = student.inverseCumulativeProbability(0.975) * error;
    Difference difference = slice.difference("log_loss", "new");
    assertClose(a, difference.baseline());
    assertClose(b, difference.value());
    assertClose(b - a, difference.difference());
    assertClose(error, difference.standardError());
    assertEquals(b - a - reach, difference.interval().low(), 1e-8);
    assertEquals(b - a + reach, difference.interval().high(), 1e-8);
    assertEquals(p, difference.pValue(), 1e-9);
    return p;
  }

  /** The p-value of Spiegelhalter's test and the chi-square test together. */
  private static double checkCalibration(SliceComparison slice, List<NaiveRow> rows) {
    double sum = 0;
    double variance = 0;
    double[][] bins = new double[15][4];
    for (NaiveRow row : rows) {
      double y = row.isRight ? 1 : 0;
      sum += row.w * (y - row.p) * (1 - 2 * row.p);
      variance += Math.pow(row.w * (1 - 2 * row.p), 2) * row.p * (1 - row.p);
      double[] bin = bins[(int) Math.ceil(row.p * 15) - 1];
      bin[0] += row.w;
      bin[1] += row.w * row.w;
      bin[2] += row.w * row.p;
      bin[3] += row.w * y;
    }
    double z = sum / Math.sqrt(variance);
    List<double[]> joined = new ArrayList<>();
    double[] open = new double[4];
    for (double[] bin : bins) {
      Arrays.setAll(open, i -> open[i] + bin[i]);
      double p = open[2] / open[0];
      if (open[0] * open[0] / open[1] * Math.min(p, 1 - p) >= 5) {
        joined.add(open.clone());
        Arrays.fill(open, 0);
      }
    }
    double zPValue = 2 * new NormalDistribution().cumulativeProbability(-Math.abs(z));
    CalibrationSignificance test = slice.calibration().get(1);
    assertEquals("new", test.model());
    assertClose(z, test.z());
    assertEquals(zPValue, test.zPValue(), 1e-9);
    assertEquals(joined.size(), test.chiSquare().degrees());
    if (joined.isEmpty()) {
      assertTrue(rows.size() <= 20);
      assertTrue(Double.isNaN(test.chiSquare().statistic()));
      assertEquals(zPValue, test.pValue(), 1e-9);
      return zPValue;
    }
    double[] last = joined.get(joined.size() - 1);
    Arrays.setAll(last, i -> last[i] + open[i]);
    double chiSquare = 0;
    for (double[] bin : joined) {
      double p = bin[2] / bin[0];
      chiSquare += bin[0] * bin[0] / bin[1] * Math.pow(bin[3] / bin[0] - p, 2) / (p * (1 - p));
    }
    double chiPValue =
        1 - new ChiSquaredDistribution(joined.size()).cumulativeProbability(chiSquare);
    assertClose(chiSquare, test.chiSquare().statistic());
    assertEquals(chiPValue, test.chiSquare().pValue(), 1e-9);
    double p = Math.min(1, 2 * Math.min(zPValue, chiPValue));
    assertEquals(p, test.pValue(), 1e-9);
    return p;
  }

  /** By the definitions: the sets of hypotheses are few enough to go through. */
  private static void checkAdjusted(double[] p, List<double[]> adjusted) {
    for (int i = 0; i < p.length; i++) {
      double holm = 0;
      double benjaminiHochberg = 1;
      for (int j = 0; j < p.length; j++) {
        double pj = p[j];
        long notBelow = Arrays.stream(p).filter(x -> x >= pj).count();
        long notAbove = Arrays.stream(p).filter(x -> x <= pj).count();
        holm = pj <= p[i] ? Math.max(holm, notBelow * pj) : holm;
        benjaminiHochberg =
            pj >= p[i] ? Math.min(benjaminiHochberg, pj * p.length / notAbove) : benjaminiHochberg;
      }
      assertEquals(Math.min(1, holm), adjusted.get(i)[0], 1e-8);
      assertEquals(benjaminiHochberg, adjusted.get(i)[1], 1e-8);
    }
  }

  @Test
  void modelsAreEvaluatedAsIfAlone() {
    String[] metrics = {
      "log_loss", "brier(reduction=mean)", "accuracy", "top_label_calibration_error(norm=l2)"
    };
    ComparisonResult result = withNew(OLD.slice("s").weight("w").metrics(metrics)).run(table());
    List<EvaluationResult> alone = new ArrayList<>();
    for (String column : List.of("za", "zb")) {
      alone.add(Evaluation.ofLogits(column).slice("s").weight("w").metrics(metrics).run(table()));
    }
    for (int m = 0; m < 2; m++) {
      assertEquals(alone.get(m).overall(), result.overall().models().get(m));
      for (int s = 0; s < 4; s++) {
        assertEquals(alone.get(m).slices().get(s), result.slices().get(s).models().get(m));
      }
    }
    for (String metric : metrics) {
      Difference difference = result.difference(metric, "new");
      assertEquals(difference.baseline(), alone.get(0).value(metric.replaceAll("\\(.*", "")));
      assertEquals(difference.value() - difference.baseline(), difference.difference(), 1e-15);
    }
    assertEquals(Difference.Test.NONE, result.difference(metrics[3], "new").test());
    assertTrue(Double.isNaN(result.difference(metrics[3], "new").pValue()));
  }

  /** The models alone, resampled alike, give the replicates; normal tests are of their spread. */
  @Test
  void bootstrapIsPaired() {
    Comparison comparison =
        withNew(
            OLD.slice("s")
                .metrics("log_loss", "top_label_calibration_error", "roc_auc(of=top_label)")
                .bootstrap("id")
                .level(0.9));
    Difference same =
        Comparison.of(
                "a",
                Evaluation.ofLogits("za").metrics("top_label_calibration_error").bootstrap("id"))
            .model("b", "za")
            .run(table())
            .difference("top_label_calibration_error", "b");
    assertEquals(0, same.standardError());
    ComparisonResult result = comparison.run(table());
    Difference error = result.difference("top_label_calibration_error", "new");
    assertEquals(Difference.Test.BOOTSTRAP, error.test());
    double reach = 1.6448536269514722 * error.standardError();
    assertClose(error.difference() - reach, error.interval().low());
    assertClose(error.difference() + reach, error.interval().high());
    double z = Math.abs(error.difference()) / error.standardError();
    assertEquals(2 * new NormalDistribution().cumulativeProbability(-z), error.pValue(), 1e-12);
    // Of a mean the bootstrap finds the standard error of the formula, up to 5% of noise each.
    Difference loss = result.difference("log_loss", "new");
    Difference byFormula =
        withNew(OLD.metrics("log_loss")).run(table()).difference("log_loss", "new");
    assertEquals(byFormula.standardError(), loss.standardError(), 0.2 * loss.standardError());
    SliceResult alone =
        Evaluation.ofLogits("zb")
            .metrics("log_loss", "top_label_calibration_error", "roc_auc(of=top_label)")
            .bootstrap("id")
            .level(0.9)
            .run(table())
            .overall();
    assertEquals(alone, result.overall().models().get(1));
    assertEquals(Difference.Test.NONE, result.difference("roc_auc(of=top_label)", "new").test());
    assertEquals(result, comparison.run(table().repartition(7, col("w"), col("id"))));
  }

  @Test
  void miscalibratedSlicesAreFound() {
    // In x the model is right as often as it says (3 times of 4), in y half the time only.
    Dataset<Row> rows =
        spark
            .range(400)
            .selectExpr(
                "array(ln(3D), 0D) AS za",
                "array(0D, 0D) AS zb",
                "IF(id < 200, 'x', 'y') AS s",
                "IF(id < 200, CAST(id % 4 = 0 AS INT), CAST(id % 2 AS INT)) AS label");
    ComparisonResult result =
        Comparison.of("a", Evaluation.ofLogits("za").slice("s")).model("b", "zb").run(rows);
    List<String> found =
        result.miscalibrated().stream()
            .map(m -> m.slice().slice().get("s") + " " + m.test().model())
            .toList();
    assertEquals(List.of("x b", "y a"), found);
  }

  @Test
  void theEvaluationSaysHowModelsAreJudged() {
    Evaluation old = OLD.slice("s").weight("w").metrics("log_loss", "accuracy");
    ComparisonResult result = withNew(old).run(table());
    assertEquals(old.run(table()).overall(), result.overall().models().get(0));
    assertEquals(
        Evaluation.ofLogits("zb")
            .weight("w")
            .metrics("log_loss", "accuracy")
            .run(table())
            .overall(),
        result.overall().models().get(1));
    List<Difference> differences = result.overall().differences();
    assertEquals(differences, withNew(old.figures()).run(table()).overall().differences());
    assertEquals(differences, withNew(old.standardErrors()).run(table()).overall().differences());
    assertEquals(
        List.of("log_loss", "brier", "accuracy", "top_label_calibration_error"),
        withNew(OLD).run(table()).overall().differences().stream()
            .map(Difference::metric)
            .toList());
  }

  @Test
  void sameBitsUnderAnyPartitioning() {
    checkBits(withNew(OLD.slice("s").slice("s", "w").weight("w")), table());
  }

  /** Of all rows the scores are too many to be kept one by one, of the slices they are not. */
  @Test
  void sameBitsOfAucsUnderAnyPartitioning() {
    Dataset<Row> binary =
        spark
            .range(12_000)
            .selectExpr(
                "id",
                "id % 5 / 2.0D AS w",
                "id % 3 AS s",
                "CAST(id * 7 % 5 < 2 AS INT) AS label",
                "2 * sin(id * 1.3D) + IF(id * 7 % 5 < 2, 1, 0) AS za",
                "2 * sin(id * 2.1D) + IF(id * 7 % 5 < 2, 1.5D, 0) AS zb");
    Comparison comparison = withNew(OLD.slice("s").weight("w").metrics("log_loss", "roc_auc"));
    ComparisonResult result = checkBits(comparison, binary);
    for (SliceComparison slice : result.slices()) {
      assertEquals(Difference.Test.DELONG, slice.difference("roc_auc", "new").test());
    }
    Difference all = result.difference("roc_auc", "new");
    assertTrue(all.standardError() > 0 && all.pValue() < 1e-6, all::toString);
  }

  private static ComparisonResult checkBits(Comparison comparison, Dataset<Row> rows) {
    ComparisonResult one = comparison.run(rows.coalesce(1));
    for (int partitions : new int[] {7, 200}) {
      assertEquals(one, comparison.run(rows.repartition(partitions, col("w"), col("id"))));
    }
    assertEquals(one, comparison.run(rows.orderBy(expr("xxhash64(id)")).coalesce(1)));
    return one;
  }

  @Test
  void columnarAndRowPassAgree(@TempDir Path folder) {
    String path = folder.resolve("table").toString();
    table().write().parquet(path);
    Dataset<Row> table = spark.read().parquet(path);
    Comparison comparison = withNew(OLD.slice("s"));
    assertEquals(comparison.run(table.where("id >= 0")), comparison.run(table));
    ComparisonSpec spec =
        new ComparisonSpec(
            Evaluation.ofLogits("za").spec(), List.of("a", "b"), List.of("za", "zb"));
    assertTrue(ColumnarPass.of(Comparison.columns(table, spec)).isPresent());
  }

  @Test
  void twoTablesAreJoined() {
    Dataset<Row> first = table().select("id", "label", "s", "w", "za").where("id < 390");
    Dataset<Row> second = table().select(col("id"), col("label"), col("zb").as("za"));
    Comparison joined = Comparison.of("old", OLD.slice("s").weight("w")).model("new", "za");
    ComparisonResult expected = withNew(OLD.slice("s").weight("w")).run(table().where("id < 390"));
    ComparisonResult result = joined.run(first, second.where("id >= 0"));
    assertEquals(expected.overall(), result.overall());
    assertEquals(expected.slices(), result.slices());
    assertEquals(Optional.of(new KeyCounts(390, 0, 10)), result.keys());

    Dataset<Row> holed =
        second.where("id % 10 <> 3").selectExpr("NULLIF(id, 100) AS id", "label", "za");
    assertEquals(Optional.of(new KeyCounts(350, 40, 10)), joined.run(first, holed).keys());
  }

  @Test
  void tablesThatCannotBeJoined() {
    Comparison joined = withNew(OLD);
    Dataset<Row> rows = table();
    assertMessage(
        "column 'id' (key) is not unique in the second table: 400 values occur more than once, the"
            + " least of them 0",
        () -> joined.run(rows, rows.union(rows)));
    assertMessage(
        "column 'id' (key) is not unique in the first table: 1 values occur more than once, the"
            + " least of them 7",
        () -> joined.run(rows.union(rows.where("id = 7")), rows));
    assertMessage(
        "column 'label' (label) differs between the two tables at 134 keys, the least of them id ="
            + " 0",
        () -> joined.run(rows, rows.withColumn("label", expr("IF(label = 0, 1, label)"))));
    assertMessage(
        "no column 'id' (key of the second table)", () -> joined.run(rows, rows.drop("id")));
    assertMessage(
        "column 'id' (key) is BIGINT in the first table and STRING in the second",
        () -> joined.run(rows, rows.withColumn("id", col("id").cast("string"))));
    assertMessage("joined by a key", () -> withNew(Evaluation.ofLogits("za")).run(rows, rows));
    assertMessage("one model each, got 3", () -> joined.model("c", "za").run(rows, rows));
  }

  /** As Spark resolves the name: in any case, in backticks, in a struct. */
  @Test
  void labelsOfTwoTablesMustAgreeWhateverTheirColumnsAreCalled() {
    Dataset<Row> rows = table().selectExpr("id", "label", "za", "struct(label AS y) AS row");
    Comparison joined = Comparison.of("a", OLD).model("b", "za");
    Comparison quoted = Comparison.of("a", OLD.label("`label`")).model("b", "za");
    Comparison nestedLabel = Comparison.of("a", OLD.label("row.y")).model("b", "za");
    String message = "(label) differs between the two tables at 400 keys, the least of them id = 0";
    for (String name : List.of("Label", "LABEL", "label")) {
      Dataset<Row> second = rows.selectExpr("id", "label + 1 AS " + name, "za");
      assertMessage("column 'label' " + message, () -> joined.run(rows, second));
      assertMessage("column '`label`' " + message, () -> quoted.run(rows, second));
    }
    Dataset<Row> nested = rows.selectExpr("id", "za", "struct(label + 1 AS Y) AS ROW");
    assertMessage("column 'row.y' " + message, () -> nestedLabel.run(rows, nested));
    Dataset<Row> same = rows.selectExpr("id", "za", "struct(label * 1L AS Y) AS ROW");
    assertEquals(400, nestedLabel.run(rows, same).keys().orElseThrow().matched());
    // None to compare.
    for (String none : List.of("id AS q", "struct(id AS x) AS row", "'text' AS row")) {
      Dataset<Row> second = rows.selectExpr("id", "za", none);
      assertEquals(400, nestedLabel.run(rows, second).keys().orElseThrow().matched());
    }
    assertMessage(
        "'label' (label of the second table)",
        () ->
            joined.run(rows, rows.selectExpr("id", "za", "label AS Label", "label + 1 AS LABEL")));
    assertMessage(
        "column 'label' (label) is INT in the first table and STRING in the second; cast one",
        () -> joined.run(rows, rows.selectExpr("id", "za", "CAST(label AS STRING) AS LABEL")));
  }

  @Test
  void badInput() {
    Dataset<Row> rows = table();
    assertMessage("two models are named 'old'", () -> withNew(OLD).model("old", "za"));
    assertMessage("needs two models or more, got 1", () -> Comparison.of("a", OLD).run(rows));
    assertMessage("no column 'zc' (logits)", () -> withNew(OLD).model("c", "zc").run(rows));
    assertMessage("level = 95.0 is not allowed", () -> OLD.level(95));
    assertMessage(
        "a metric of the positive class needs 2 classes, the predictions have 3",
        () -> withNew(OLD.metrics("roc_auc")).run(rows));
    assertMessage(
        "metric 'roc_auc': a comparison reads metrics off one pass; leave method=exact out",
        () -> withNew(OLD.metrics("roc_auc(of=top_label, method=exact)")).run(rows));
    assertMessage(
        "slice id has more than 3 values", () -> withNew(OLD.slice("id").sliceLimit(3)).run(rows));
    Dataset<Row> shorter =
        rows.selectExpr("id", "label", "za", "IF(id = 5, slice(zb, 1, 2), zb) AS zb").coalesce(1);
    assertMessage(
        "column 'zb': predictions have another length than the table's first row: 2 entries, not 3,"
            + " in the row with id = 5 (all models need the same classes)",
        () -> withNew(OLD).run(shorter));
    ComparisonResult dropped =
        withNew(OLD.classes(3).policy(InputCheck.LENGTH_MISMATCH, Policy.DROP)).run(shorter);
    for (SliceResult model : dropped.overall().models()) {
      assertEquals(399, model.ledger().rowsEvaluated());
      assertEquals(1, model.ledger().count(InputCheck.LENGTH_MISMATCH));
    }
  }

  @Test
  void anEmptyTable() {
    ComparisonResult result =
        withNew(OLD.slice("s").metrics("log_loss", "roc_auc")).run(table().where("id < 0"));
    assertEquals(0, result.classes());
    assertEquals(List.of(), result.slices());
    assertTrue(Double.isNaN(result.difference("log_loss", "new").difference()));
    assertEquals(List.of(), result.miscalibrated());
  }

  private static void assertMessage(String part, Executable executable) {
    RuntimeException failure = assertThrows(RuntimeException.class, executable);
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 1e-11 * Math.max(1, Math.abs(expected)));
  }
}
