// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.benchmark;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunctions;

/** Sparsemax and 1.5-entmax of one row of 32,000 logits, by selection and by a sort. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SparsemaxBenchmark {

  private static final int CLASSES = 32_000;

  /** The logits' standard deviation: at 0.1 most classes are candidates, at 4 few are. */
  @Param({"0.1", "1", "4"})
  public double deviation;

  private final double[] logits = new double[CLASSES];
  private final BoundFunction sparsemax = RowFunctions.named("sparsemax").bind(Map.of());
  private final BoundFunction entmax15 = RowFunctions.named("entmax15").bind(Map.of());
  private Row row;

  @Setup
  public void setUp() {
    Random random = new Random(1);
    Arrays.setAll(logits, j -> deviation * random.nextGaussian());
    row = new Row(new Object[] {logits}, new double[0], 0, null);
  }

  @Benchmark
  public double[] sparsemax() {
    return sparsemax.applyArray(row);
  }

  @Benchmark
  public double[] entmax15() {
    return entmax15.applyArray(row);
  }

  @Benchmark
  public double[] sparsemaxBySort() {
    double[] sorted = logits.clone();
    Arrays.sort(sorted);
    double sum = 0;
    double threshold = 0;
    for (int k = 1; k <= CLASSES; k++) {
      double z = sorted[CLASSES - k];
      sum += z;
      if (1 + k * z <= sum) {
        break;
      }
      threshold = (sum - 1) / k;
    }
    double[] out = new double[CLASSES];
    for (int j = 0; j < CLASSES; j++) {
      out[j] = Math.max(logits[j] - threshold, 0);
    }
    return out;
  }
}
