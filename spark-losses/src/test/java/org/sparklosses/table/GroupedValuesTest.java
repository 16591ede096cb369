// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.compare.Comparison;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.forecast.ForecastEvaluation;
import org.sparklosses.testing.SharedSession;

/** What GROUP BY takes for the same value is the same slice and the same unit of a bootstrap. */
@ExtendWith(SharedSession.class)
class GroupedValuesTest {

  private static final int ROWS = 300;

  @TempDir private Path folder;

  private final SparkSession spark;
  private Dataset<Row> table;

  GroupedValuesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Zeros of both signs, NaN of two kinds and other numbers, as floats and as doubles. */
  @BeforeEach
  void writeTable() {
    double[] doubles = {-0.0, 0.0, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L), -1.5};
    float[] floats = {0.0f, -0.0f, Float.intBitsToFloat(0xffc00001), Float.NaN, 2.5f};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Double d = i % 7 == 6 ? null : doubles[i % 5];
      rows.add(RowFactory.create(i, d, floats[i / 5 % 5], i % 2, Math.sin(i), Math.cos(i)));
    }
    String path = folder.resolve("table").toString();
    spark
        .createDataFrame(
            rows,
            StructType.fromDDL("id int, d double, f float, label int, z double, other double"))
        .select(
            col("*"),
            expr("array(d, 1D)").as("many"),
            expr("IF(id % 11 = 3, NULL, struct(f, array(struct(d AS `d.x`)) AS inner, id % 2))")
                .as("nested"))
        .write()
        .parquet(path);
    table = spark.read().parquet(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "f", "many", "nested", "nested.inner"})
  void slicesAreGroups(String column) {
    List<Row> groups =
        table.groupBy(column).count().selectExpr("count(*)", "collect_list(count)").collectAsList();
    int count = (int) groups.get(0).getLong(0);
    List<Long> sizes = groups.get(0).<Long>getList(1).stream().sorted().toList();
    for (Dataset<Row> rows : List.of(table, table.repartition(3))) {
      List<SliceResult> slices =
          Evaluation.ofLogits("z").slice(column).metrics("log_loss").run(rows).slices();
      assertEquals(count, slices.size());
      assertEquals(sizes, slices.stream().map(s -> s.ledger().rowsSeen()).sorted().toList());
      assertTrue(slices.stream().noneMatch(slice -> slice.slice().toString().contains("-0.0")));
    }
    Comparison comparison =
        Comparison.of("a", Evaluation.ofLogits("z").metrics("log_loss").slice(column))
            .model("b", "other");
    assertEquals(count, comparison.run(table).slices().size());
    assertEquals(
        count,
        ForecastEvaluation.ofNormal("z", "s")
            .slice(column)
            .run(table.withColumn("s", expr("1D")))
            .slices()
            .size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "f", "many"})
  void unitsAreGroups(String key) {
    // Of the same sign and the one NaN that a literal gives.
    String one = "IF(isnan(%1$s), double('NaN'), abs(%1$s))";
    Dataset<Row> plain =
        table
            .withColumn("d", expr(one.formatted("d")))
            .withColumn("f", expr("float(" + one.formatted("f") + ")"))
            .withColumn("many", expr("array(d, 1D)"));
    Dataset<Row> signed =
        table
            .withColumn("d", expr("IF(d = -1.5, 1.5, d)"))
            .withColumn("many", expr("array(d, 1D)"));
    Evaluation evaluation = Evaluation.ofLogits("z").metrics("log_loss", "accuracy");
    assertEquals(evaluation.bootstrap(key).run(plain), evaluation.bootstrap(key).run(signed));
    assertEquals(evaluation.cluster(key).run(plain), evaluation.cluster(key).run(signed));
  }

  @Test
  void textsOfACollationWithoutCase() {
    String texts = "array('Straße', 'STRASSE', 'straße', 'ΟΔΟΣ', 'οδος', 'οδοσ', 'İ', 'ı', 'i')";
    Dataset<Row> binary =
        table.withColumn("text", expr("element_at(" + texts + ", CAST(id % 9 AS INT) + 1)"));
    Evaluation evaluation = Evaluation.ofLogits("z").metrics("log_loss");
    assertEquals(9, evaluation.slice("text").run(binary).slices().size());
    if (spark.version().startsWith("3.")) {
      // It has no other collation.
      assertThrows(ParseException.class, () -> expr("text COLLATE UTF8_LCASE"));
      return;
    }
    Dataset<Row> collated =
        binary
            .withColumn("lower", expr("text COLLATE UTF8_LCASE"))
            .withColumn("any", expr("text COLLATE UNICODE_CI"));
    List<SliceResult> slices = evaluation.slice("lower").run(collated).slices();
    assertTrue(slices.stream().anyMatch(slice -> slice.slice().containsValue("strasse")));
    assertEquals(collated.groupBy("lower").count().count(), slices.size());
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> evaluation.slice("any").run(collated));
    assertEquals(
        "column 'any' (slice) is STRING COLLATE UNICODE_CI: which of its texts are equal depends on"
            + " a language; cast it to STRING COLLATE UTF8_BINARY or UTF8_LCASE",
        refused.getMessage());
  }
}
