// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The tokens of a vocabulary that stand for numbers. */
final class NumberTokens {

  private final String function;
  private final int vocabulary;
  private final int[] tokens;
  private final double[] numbers;
  private final double[] numberOf;

  private NumberTokens(String function, List<Double> values) {
    this.function = function;
    this.vocabulary = values.size();
    this.tokens = IntStream.range(0, vocabulary).filter(i -> values.get(i) != null).toArray();
    this.numbers = values.stream().filter(Objects::nonNull).mapToDouble(x -> x).toArray();
    this.numberOf = values.stream().mapToDouble(x -> x == null ? Double.NaN : x).toArray();
  }

  /** Of the number of each token, null where it stands for none. */
  static NumberTokens of(String function, List<Double> values) {
    return new NumberTokens(function, values);
  }

  /**
   * The mean of what {@code of} makes of the difference of a number from the label's, over the
   * softmax of the number tokens; NaN with a NaN, also among the other tokens.
   *
   * @throws IllegalArgumentException when the row is not as long as the vocabulary
   */
  double mean(double[] z, int label, DoubleUnaryOperator of) {
    check(z);
    double max = Double.NEGATIVE_INFINITY;
    for (int token : tokens) {
      max = Math.max(max, z[token]);
    }
    double mass = hasNan(z) ? Double.NaN : 0;
    double sum = 0;
    for (int k = 0; k < tokens.length; k++) {
      double share = StrictMath.exp(z[tokens[k]] - max);
      mass += share;
      sum += share * of.applyAsDouble(numbers[k] - numberOf[label]);
    }
    return sum / mass;
  }

  private void check(double[] z) {
    if (z.length != vocabulary) {
      throw new IllegalArgumentException(
          function
              + ": values has "
              + vocabulary
              + " entries, but the row has "
              + z.length
              + " classes; give one entry a class, NULL for no number");
    }
  }

  private static boolean hasNan(double[] z) {
    boolean nan = false;
    for (double x : z) {
      nan |= Double.isNaN(x);
    }
    return nan;
  }
}
