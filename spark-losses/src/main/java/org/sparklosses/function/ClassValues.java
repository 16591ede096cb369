// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A setting that holds one number a class, such as class weights. A NaN among them makes them all
 * NaN, as it would any other input.
 */
public final class ClassValues {

  private final String function;
  private final String parameter;
  private final double[] values;

  ClassValues(String function, String parameter, List<Double> values) {
    this(function, parameter, values.stream().mapToDouble(Double::doubleValue).toArray());
    if (values.contains(Double.NaN)) {
      Arrays.fill(this.values, Double.NaN);
    }
  }

  private ClassValues(String function, String parameter, double[] values) {
    this.function = function;
    this.parameter = parameter;
    this.values = values;
  }

  /** What a function makes of each number. */
  public ClassValues map(DoubleUnaryOperator operator) {
    return new ClassValues(function, parameter, Arrays.stream(values).map(operator).toArray());
  }

  /** The largest number; NaN with a NaN, -infinity when there are none. */
  public double max() {
    return Arrays.stream(values).max().orElse(Double.NEGATIVE_INFINITY);
  }

  /**
   * The number of a class.
   *
   * @param classes the length of the row's logits
   * @throws IllegalArgumentException when there is not one number for each of them
   */
  public double of(int label, int classes) {
    return all(classes)[label];
  }

  /**
   * The numbers of all classes, not to be changed.
   *
   * @param classes the length of the row's logits
   * @throws IllegalArgumentException when there is not one number for each of them
   */
  public double[] all(int classes) {
    if (values.length != classes) {
      throw new IllegalArgumentException(
          function
              + ": "
              + parameter
              + " has "
              + values.length
              + " entries, but the row has "
              + classes
              + " classes; give one entry a class");
    }
    return values;
  }
}
