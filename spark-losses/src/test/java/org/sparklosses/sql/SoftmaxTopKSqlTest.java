// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class SoftmaxTopKSqlTest {

  private static final String TABLE =
      " FROM (SELECT /*+ REPARTITION(1) */ * FROM VALUES"
          + " (1, array(2D, 0.5D, -1D)), (2, array(0D, 1D, 1D)),"
          + " (3, array(0D, double('-Infinity'))), (4, NULL), (5, array(0D, double('NaN'))),"
          + " (6, array(0D, double('Infinity'))), (7, array(double('-Infinity'))),"
          + " (8, array(3D)) AS t(id, z)) ";

  private final SparkSession spark;

  SoftmaxTopKSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The rows of expected values: doubles, floats and vectors of the same numbers. */
  private Dataset<Row> goldens() {
    List<Row> rows = new ArrayList<>();
    for (JsonNode golden : GoldenFile.additions().get("softmax_top_k")) {
      double[] z = GoldenFile.doubles(golden.get("logits"));
      rows.add(
          RowFactory.create(
              rows.size(),
              Arrays.stream(z).boxed().toList(),
              Arrays.stream(z).mapToObj(x -> (float) x).toList(),
              z.length % 2 == 0 ? Vectors.dense(z) : Vectors.dense(z).toSparse()));
    }
    return spark
        .createDataFrame(
            rows,
            new StructType()
                .add("id", DataTypes.IntegerType)
                .add("doubles", DataTypes.createArrayType(DataTypes.DoubleType))
                .add("floats", DataTypes.createArrayType(DataTypes.FloatType))
                .add("vector", SQLDataTypes.VectorType()))
        .repartition(1);
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void expectedValues(Engine engine) {
    JsonNode goldens = GoldenFile.additions().get("softmax_top_k");
    engine.run(
        spark,
        () -> {
          for (int i = 0; i < goldens.size(); i++) {
            JsonNode golden = goldens.get(i);
            for (String column : List.of("doubles", "floats", "vector")) {
              String call = "softmax_top_k(" + column + ", " + golden.get("k") + ")";
              for (String catalog : List.of("", "losses.")) {
                Row row = goldens().where("id = " + i).selectExpr(catalog + call).head();
                double within = column.equals("floats") ? 2e-6 : 1e-15;
                assertExpected(golden, row.getList(0), within);
              }
            }
          }
        });
  }

  private static void assertExpected(JsonNode golden, List<Row> listed, double within) {
    assertEquals(golden.get("classes").size(), listed.size());
    for (int i = 0; i < listed.size(); i++) {
      assertEquals(golden.get("classes").get(i).asInt(), listed.get(i).getInt(0));
      assertEquals(golden.get("p").get(i).asDouble(), listed.get(i).getDouble(1), within);
    }
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void rowByRow(Engine engine) {
    engine.run(
        spark,
        () -> {
          List<Row> rows =
              spark
                  .sql(
                      "SELECT top.class, top.p, softmax(z), top IS NULL FROM"
                          + " (SELECT id, z, softmax_top_k(z, 2) AS top"
                          + TABLE
                          + ") ORDER BY id")
                  .collectAsList();
          List<List<Integer>> classes = List.of(List.of(0, 1), List.of(1, 2), List.of(0, 1));
          for (int i = 0; i < 3; i++) {
            assertEquals(classes.get(i), rows.get(i).getList(0));
            List<Double> softmax = rows.get(i).getList(2);
            assertEquals(
                classes.get(i).stream().map(softmax::get).toList(), rows.get(i).getList(1));
          }
          for (int i = 3; i < 7; i++) {
            assertTrue(rows.get(i).getBoolean(3), rows.get(i).toString());
            assertNull(rows.get(i).get(0));
          }
          assertEquals(List.of(0), rows.get(7).getList(0));
          assertEquals(List.of(1.0), rows.get(7).getList(1));
        });
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void hasTheBitsOfSoftmaxFromEveryType(Engine engine) {
    engine.run(
        spark,
        () -> {
          for (String column : List.of("doubles", "floats", "vector")) {
            String differing =
                "exists(softmax_top_k(%1$s), e -> e.p <> softmax(%1$s)[e.class])".formatted(column);
            assertEquals(0, goldens().where(differing).count(), column);
            assertEquals(
                goldens().count(), goldens().where(differing.replace("<>", "=")).count(), column);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void explodes(Engine engine) {
    engine.run(
        spark,
        () -> {
          List<Row> rows =
              spark
                  .sql(
                      "SELECT id, top.class, top.p FROM"
                          + " (SELECT id, explode(softmax_top_k(z, 2)) AS top"
                          + TABLE
                          + " WHERE id <> 3) WHERE top.p < 1")
                  .collectAsList();
          assertEquals(
              List.of("1/0", "1/1", "2/1", "2/2"),
              rows.stream().map(row -> row.getInt(0) + "/" + row.getInt(1)).sorted().toList());
          assertEquals(
              rows,
              spark
                  .sql("SELECT id, inline(softmax_top_k(z, 2))" + TABLE + " WHERE id < 3")
                  .collectAsList());
        });
  }

  @Test
  void countsClassesOfADataFrame() {
    List<Row> counts =
        goldens()
            .withColumn("top", expr("softmax_top_k(doubles, k => 1)"))
            .groupBy(expr("top[0].class AS predicted"))
            .count()
            .orderBy("predicted")
            .collectAsList();
    assertEquals(List.of(RowFactory.create(0, 2L), RowFactory.create(1, 1L)), counts);
  }

  @Test
  void ofConstants() {
    Row row = spark.sql("SELECT softmax_top_k(array(0, 1, 1), 2).class").head();
    assertEquals(List.of(1, 2), row.getList(0));
    assertTrue(spark.sql("SELECT softmax_top_k(array(double('NaN')))").head().isNullAt(0));
  }

  /** What Spark calls in a session without the extension. */
  @Test
  void ofTheCatalogAlone() {
    StructType types =
        new StructType()
            .add("z", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("k", DataTypes.IntegerType);
    CatalogFunction function = new CatalogFunction("softmax_top_k", types);
    assertEquals(
        DataTypes.createArrayType(
            new StructType()
                .add("class", DataTypes.IntegerType, false)
                .add("p", DataTypes.DoubleType, false),
            false),
        function.resultType());
    ArrayData listed =
        (ArrayData)
            function.produceResult(
                new GenericInternalRow(
                    new Object[] {
                      UnsafeArrayData.fromPrimitiveArray(new double[] {0, Math.log(3)}), 7
                    }));
    assertEquals(2, listed.numElements());
    assertEquals(1, listed.getStruct(0, 2).getInt(0));
    assertEquals(0.75, listed.getStruct(0, 2).getDouble(1), 1e-15);
    assertEquals(0, listed.getStruct(1, 2).getInt(0));
    assertEquals(0.25, listed.getStruct(1, 2).getDouble(1), 1e-15);
  }
}
