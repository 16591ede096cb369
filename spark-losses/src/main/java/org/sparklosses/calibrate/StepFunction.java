// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Arrays;

/**
 * A map that is constant in each of a few bins of the probability.
 *
 * @param method the name of the method that found the bins
 * @param edges between bins, not descending; equal ones are the ends of an empty bin
 * @param values the probability in each bin, one more than edges
 * @param rightClosed whether a bin holds its upper edge, or else its lower one
 */
@SuppressWarnings("ArrayRecordComponent")
record StepFunction(String method, double[] edges, double[] values, boolean rightClosed)
    implements BinaryMap {

  private static final long serialVersionUID = 1L;

  static StepFunction of(String method, MapNumbers numbers) {
    double[] edges = numbers.notDescending("edges");
    return new StepFunction(
        method,
        edges,
        numbers.probabilities("values", edges.length + 1),
        numbers.number("right_closed") != 0);
  }

  /** How many edges lie below x; or, if bins hold their lower edge, at or below. */
  static int bin(double[] edges, double x, boolean rightClosed) {
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges[middle] < x || (!rightClosed && edges[middle] == x)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public InputScale input() {
    return InputScale.PROBABILITY;
  }

  @Override
  public double probability(double p) {
    return Double.isNaN(p) ? Double.NaN : values[bin(edges, p, rightClosed)];
  }

  @Override
  public boolean needsFloor() {
    return Arrays.stream(values).anyMatch(Floor::isNeeded);
  }

  @Override
  public IncreasingRange increasing() {
    return IncreasingRange.ofValues(values);
  }

  @Override
  public MapNumbers numbers() {
    return MapNumbers.none()
        .with("edges", edges)
        .with("values", values)
        .with("right_closed", rightClosed ? 1 : 0);
  }
}
