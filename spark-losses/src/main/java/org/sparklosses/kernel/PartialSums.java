// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Arrays;

/**
 * What {@link ColumnKernel#sum} makes of numbers: three parts, the exact sum of which is that of
 * the numbers. A kernel fills it lane by lane, since reducing a vector costs more than adding many.
 */
public final class PartialSums {

  /** The numbers that each summand is cut into. */
  public static final int PARTS = 3;

  /** Magnitudes that sum up to less can be cut. */
  private static final double LARGEST_SUM = 0x1p16;

  private static final int LANES = ColumnKernel.LANES;

  private static final int REST = PARTS * LANES;
  private static final int MAGNITUDE = REST + LANES;
  private static final int SMALLEST = MAGNITUDE + LANES;
  private static final int LARGEST = SMALLEST + LANES;

  private final double[] lanes = new double[LARGEST + LANES];
  private final double[] parts = new double[PARTS];
  private double smallest;
  private double largest;

  /**
   * To be filled: {@link ColumnKernel#LANES} sums of each part, of the magnitudes of what the parts
   * leave and of all magnitudes, then lanes of the smallest magnitude above 0 and of the largest.
   */
  public double[] lanes() {
    return lanes;
  }

  /** Fills the lanes for no numbers. */
  public void clear() {
    Arrays.fill(lanes, 0);
    Arrays.fill(lanes, SMALLEST, LARGEST, Double.POSITIVE_INFINITY);
  }

  /** Adds numbers to the first lanes. */
  public void add(double[] x, int from, int to) {
    double first = 0;
    double second = 0;
    double third = 0;
    double rest = 0;
    double magnitude = 0;
    double least = lanes[SMALLEST];
    double most = lanes[LARGEST];
    for (int r = from; r < to; r++) {
      double v = x[r];
      double size = Math.abs(v);
      magnitude += size;
      most = size > most ? size : most;
      least = size > 0 && size < least ? size : least;
      double cut = (v + ColumnKernel.FIRST_CUT) - ColumnKernel.FIRST_CUT;
      first += cut;
      v -= cut;
      cut = (v + ColumnKernel.SECOND_CUT) - ColumnKernel.SECOND_CUT;
      second += cut;
      v -= cut;
      cut = (v + ColumnKernel.THIRD_CUT) - ColumnKernel.THIRD_CUT;
      third += cut;
      rest += Math.abs(v - cut);
    }
    lanes[0] += first;
    lanes[LANES] += second;
    lanes[2 * LANES] += third;
    lanes[REST] += rest;
    lanes[MAGNITUDE] += magnitude;
    lanes[SMALLEST] = least;
    lanes[LARGEST] = most;
  }

  /** Sums the lanes up; whether all parts are exact. */
  public boolean finish() {
    for (int part = 0; part < PARTS; part++) {
      parts[part] = sum(part * LANES);
    }
    smallest = lanes[SMALLEST];
    largest = lanes[LARGEST];
    for (int lane = 1; lane < LANES; lane++) {
      smallest = Math.min(smallest, lanes[SMALLEST + lane]);
      largest = Math.max(largest, lanes[LARGEST + lane]);
    }
    return sum(MAGNITUDE) < LARGEST_SUM && sum(REST) == 0;
  }

  private double sum(int at) {
    return ((lanes[at] + lanes[at + 1]) + (lanes[at + 2] + lanes[at + 3]))
        + ((lanes[at + 4] + lanes[at + 5]) + (lanes[at + 6] + lanes[at + 7]));
  }

  /** A part of the sum. */
  public double part(int i) {
    return parts[i];
  }

  /** The smallest magnitude above 0; infinity if there is none. */
  public double smallest() {
    return smallest;
  }

  /** The largest magnitude. */
  public double largest() {
    return largest;
  }
}
