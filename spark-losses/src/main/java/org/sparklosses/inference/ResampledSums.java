// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The sums of a vector over the rows of each replicate of a bootstrap. Whatever is a function of
 * the sums has its replicates from here.
 */
public final class ResampledSums {

  /** The number of replicates unless another is asked for. */
  public static final int DEFAULT_REPLICATES = 200;

  private final double[][] sums;

  private ResampledSums(double[][] sums) {
    this.sums = sums;
  }

  /** Draws replicates of the table: each bucket as many times as {@code counts} tells. */
  public static ResampledSums of(BucketSums buckets, ResamplingCounts counts, int replicates) {
    double[][] sums = new double[replicates][buckets.size()];
    double[] of = new double[buckets.size()];
    for (int bucket = 0; bucket < buckets.buckets(); bucket++) {
      if (buckets.isEmpty(bucket)) {
        continue;
      }
      for (int i = 0; i < of.length; i++) {
        of[i] = buckets.value(bucket, i);
      }
      for (int r = 0; r < replicates; r++) {
        int count = counts.count(r, bucket);
        for (int i = 0; count > 0 && i < of.length; i++) {
          sums[r][i] += count * of[i];
        }
      }
    }
    return new ResampledSums(sums);
  }

  /** What a function gives of the sums of each replicate; it must not keep or change them. */
  public <T> List<T> map(Function<double[], T> function) {
    return Arrays.stream(sums).map(function).toList();
  }

  /**
   * The replicates of a figure.
   *
   * @param figure of the sums of a table; it must not keep or change them
   */
  public Replicates replicates(ToDoubleFunction<double[]> figure) {
    return new Replicates(Arrays.stream(sums).mapToDouble(figure).toArray());
  }
}
