// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.testing.SharedSession;

@ExtendWith(SharedSession.class)
class PartitionStatesTest {

  private static final Set<String> THREADS = ConcurrentHashMap.newKeySet();

  private final SparkSession spark;

  PartitionStatesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** The sum of numbers, of which 13 is none. */
  private static final class Sum implements StateMerging<BigInteger> {

    private static final long serialVersionUID = 1L;

    @Override
    public BigInteger createAggregationBuffer() {
      return BigInteger.ZERO;
    }

    @Override
    public byte[] serialize(BigInteger sum) {
      return sum.toByteArray();
    }

    @Override
    public BigInteger deserialize(byte[] bytes) {
      return new BigInteger(bytes);
    }

    @Override
    public BigInteger merge(BigInteger sum, BigInteger other) {
      THREADS.add(Thread.currentThread().getName());
      if (other.intValue() == 13) {
        throw new EvaluationException("13 is no number");
      }
      return sum.add(other);
    }
  }

  @BeforeEach
  void forgetThreads() {
    THREADS.clear();
  }

  private JavaRDD<byte[]> numbersTo(int last) {
    List<Integer> numbers = IntStream.rangeClosed(1, last).boxed().toList();
    return new JavaSparkContext(spark.sparkContext())
        .parallelize(numbers, Math.max(1, last))
        .map(i -> BigInteger.valueOf(i).toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 11, 17, 61})
  void areMergedAndNotByTheScheduler(int partitions) {
    JavaRDD<byte[]> numbers =
        numbersTo(partitions).map(bytes -> new BigInteger(bytes).shiftLeft(5).toByteArray());
    BigInteger sum = PartitionStates.merged(numbers, new Sum());
    assertEquals(BigInteger.valueOf(16L * partitions * (partitions + 1)), sum);
    assertTrue(THREADS.stream().noneMatch(name -> name.contains("event-loop")), THREADS::toString);
  }

  @Test
  void ofNoPartitions() {
    JavaRDD<byte[]> none = new JavaSparkContext(spark.sparkContext()).emptyRDD();
    assertEquals(BigInteger.ZERO, PartitionStates.merged(none, new Sum()));
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 40})
  void whatGoesWrongIsTheCause(int partitions) {
    Exception failure =
        assertThrows(
            Exception.class, () -> PartitionStates.merged(numbersTo(partitions), new Sum()));
    assertEquals("13 is no number", NamedException.causeOf(failure).orElseThrow().getMessage());
  }

  @Test
  void filesOfDifferentLengthsDoNotFit(@TempDir Path folder) {
    String path = folder.resolve("table").toString();
    for (String logits : List.of("array(1.5D, 2D)", "array(1D, 2D, 3D)")) {
      spark
          .range(1)
          .selectExpr(logits + " AS logits", "0 AS label")
          .write()
          .mode(SaveMode.Append)
          .parquet(path);
    }
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.files.maxPartitionBytes", "1000");
    InvalidRowException failure =
        assertThrows(
            InvalidRowException.class,
            () -> Evaluation.ofLogits("logits").run(session.read().parquet(path)));
    assertEquals(InputCheck.LENGTH_MISMATCH, failure.check());
  }
}
