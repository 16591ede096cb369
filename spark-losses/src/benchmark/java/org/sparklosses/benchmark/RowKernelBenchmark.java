// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.benchmark;

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
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;

/**
 * All statistics of a row against the two loops one would write for cross entropy alone. An
 * operation reads 1 MiB of float logits from the cache, so operations a second are MiB/s.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowKernelBenchmark {

  private static final int LOGITS = 1 << 18;

  /** "two loops" is cross entropy by Math.exp. */
  @Param({"two loops", "scalar", "vector"})
  public String kernel;

  @Param({"10", "100", "1000", "32768"})
  public int classes;

  private final float[] logits = new float[LOGITS];
  private RowKernel rowKernel;

  /** Each combination of parameters has a JVM of its own, hence its own choice of kernel. */
  @Setup
  public void setUp() {
    if (!kernel.equals("two loops")) {
      System.setProperty("losses.kernel", kernel);
      rowKernel = RowKernels.get();
    }
    Random random = new Random(1);
    for (int i = 0; i < LOGITS; i++) {
      logits[i] = (float) (4 * random.nextGaussian());
    }
  }

  @Benchmark
  public double crossEntropy() {
    double sum = 0;
    for (int offset = 0; offset + classes <= LOGITS; offset += classes) {
      sum +=
          rowKernel == null
              ? twoLoops(offset, (offset / classes) % classes)
              : rowKernel
                  .statistics(logits, offset, classes, (offset / classes) % classes)
                  .crossEntropy();
    }
    return sum;
  }

  private double twoLoops(int offset, int label) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + classes; i++) {
      max = Math.max(max, logits[i]);
    }
    double sum = 0;
    for (int i = offset; i < offset + classes; i++) {
      sum += Math.exp(logits[i] - max);
    }
    return max - logits[offset + label] + Math.log(sum);
  }
}
