// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class LogSumExpSqlTest {

  private final SparkSession spark;

  LogSumExpSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  private double of(List<Double> values, int partitions) {
    spark
        .createDataset(values, Encoders.DOUBLE())
        .repartition(partitions)
        .createOrReplaceTempView("exponents");
    return spark.sql("SELECT logsumexp_aggregate(value) FROM exponents").head().getDouble(0);
  }

  @Test
  void goldensInAnyOrderAndPartitioning() {
    for (JsonNode golden : GoldenFile.additions().get("logsumexp")) {
      List<Double> values =
          Arrays.stream(GoldenFile.doubles(golden.get("values")))
              .boxed()
              .collect(Collectors.toList());
      double expected = golden.get("expected").asDouble();
      double actual = of(values, 1);
      assertEquals(expected, actual, 1e-14 * Math.max(1, Math.abs(expected)));
      Collections.shuffle(values, new Random(2));
      assertEquals(actual, of(values, 5));
    }
  }

  @Test
  void ofTheCatalog() {
    Row row =
        spark
            .sql(
                "SELECT losses.logsumexp_aggregate(x), logsumexp_aggregate(x),"
                    + " losses.logsumexp_aggregate(x) FILTER (WHERE x IS NULL)"
                    + " FROM VALUES (1000.0), (NULL), (1000.5) AS t(x)")
            .head();
    assertEquals(1000.5 + Math.log1p(Math.exp(-0.5)), row.getDouble(0), 1e-12);
    assertEquals(row.getDouble(1), row.getDouble(0));
    assertEquals(Double.NEGATIVE_INFINITY, row.getDouble(2));
    Exception e =
        assertThrows(
            Exception.class,
            () -> spark.sql("SELECT losses.logsumexp_aggregate(array(1D))").collect());
    assertTrue(e.getMessage().contains("takes a number as value"), e.getMessage());
  }

  /** What Spark calls in a session without the extension. */
  @Test
  void ofTheCatalogAlone() {
    CatalogStateAggregate aggregate =
        new CatalogStateAggregate(
            StateFunction.LOGSUMEXP_AGGREGATE, new StructType().add("x", DataTypes.IntegerType));
    assertEquals(DataTypes.DoubleType, aggregate.resultType());
    Serializable empty = aggregate.newAggregationState();
    assertEquals(Double.NEGATIVE_INFINITY, aggregate.produceResult(empty));
    Serializable one = aggregate.update(empty, new GenericInternalRow(new Object[] {1000}));
    one = aggregate.update(one, new GenericInternalRow(new Object[] {null}));
    Serializable other = aggregate.update(empty, new GenericInternalRow(new Object[] {1001}));
    assertEquals(1000.0, aggregate.produceResult(aggregate.merge(one, empty)));
    assertEquals(
        1001 + Math.log1p(Math.exp(-1)),
        (double) aggregate.produceResult(aggregate.merge(one, other)),
        1e-12);
  }

  @Test
  void specialValues() {
    Row row =
        spark
            .sql(
                "SELECT logsumexp_aggregate(CAST(NULL AS DOUBLE)),"
                    + " logsumexp_aggregate(double('-Infinity')),"
                    + " logsumexp_aggregate(IF(id = 0, double('Infinity'), 1D)),"
                    + " logsumexp_aggregate(IF(id = 0, double('NaN'), double('Infinity'))),"
                    + " logsumexp_aggregate(IF(id = 0, NULL, 3)) FROM range(2)")
            .head();
    assertEquals(Double.NEGATIVE_INFINITY, row.getDouble(0));
    assertEquals(Double.NEGATIVE_INFINITY, row.getDouble(1));
    assertEquals(Double.POSITIVE_INFINITY, row.getDouble(2));
    assertEquals(Double.NaN, row.getDouble(3));
    assertEquals(3, row.getDouble(4), 1e-15);
    Exception e =
        assertThrows(
            Exception.class, () -> spark.sql("SELECT logsumexp_aggregate(array(1D))").collect());
    assertTrue(e.getMessage().contains("takes a number as value"), e.getMessage());
  }
}
