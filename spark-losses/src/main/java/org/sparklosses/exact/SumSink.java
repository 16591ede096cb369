// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

/** Takes summands of many sums, each of which has a place. */
public interface SumSink {

  /** Takes a summand of the sum at a place. */
  void add(int at, double x);

  /** Takes a summand of 1. */
  void addOne(int at);

  /** Takes a summand {@code x[r]} of sum {@code first[r] + i} of each row r in [from, to). */
  void add(int[] first, int i, double[] x, int from, int to);

  /** Takes a summand of 1 of sum {@code first[r] + i} of each row r in [from, to). */
  void addOnes(int[] first, int i, int from, int to);
}
