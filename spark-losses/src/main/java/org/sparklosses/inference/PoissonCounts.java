// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts with the Poisson distribution of mean 1, drawn independently for each bucket and replicate
 * by hashing them: the same wherever and whenever they are drawn.
 *
 * <p>With {@code u = RowHash.of(replicate, RowHash.of(bucket, seed))} as an unsigned number the
 * count is the number of k >= 0 with {@code u >= 2^64 P(X <= k)}, bounds rounded to nearest: at
 * most 20.
 *
 * @param seed the same for all models that are compared, so that they are resampled alike
 */
public record PoissonCounts(long seed) implements ResamplingCounts {

  private static final long[] BOUNDS = bounds();

  /** Above this, unsigned, the count is 2 or more. */
  private static final long TWO_OR_MORE = BOUNDS[1];

  @Override
  public int count(int replicate, int bucket) {
    return ofHash(RowHash.of(replicate, RowHash.of(bucket, seed)));
  }

  /** The count that a uniform 64-bit hash stands for. */
  static int ofHash(long hash) {
    if (Long.compareUnsigned(hash, TWO_OR_MORE) < 0) {
      return Long.compareUnsigned(hash, BOUNDS[0]) < 0 ? 0 : 1;
    }
    int count = 2;
    while (count < BOUNDS.length && Long.compareUnsigned(hash, BOUNDS[count]) >= 0) {
      count++;
    }
    return count;
  }

  /** {@code 2^64 P(X <= k)} for all k where that is below 2^64. */
  private static long[] bounds() {
    MathContext digits = new MathContext(60);
    BigDecimal e = BigDecimal.ZERO;
    BigDecimal term = BigDecimal.ONE;
    for (int k = 1; k <= 50; k++) {
      e = e.add(term);
      term = term.divide(BigDecimal.valueOf(k), digits);
    }
    BigDecimal scale = new BigDecimal(BigInteger.ONE.shiftLeft(64));
    List<Long> bounds = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    term = BigDecimal.ONE;
    for (int k = 1; ; k++) {
      sum = sum.add(term);
      term = term.divide(BigDecimal.valueOf(k), digits);
      BigDecimal bound = sum.multiply(scale).divide(e, digits).setScale(0, RoundingMode.HALF_EVEN);
      if (bound.compareTo(scale) >= 0) {
        return bounds.stream().mapToLong(Long::longValue).toArray();
      }
      bounds.add(bound.toBigInteger().longValue());
    }
  }
}
