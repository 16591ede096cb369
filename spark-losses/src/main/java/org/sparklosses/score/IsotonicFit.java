// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;

/**
 * The non-decreasing fit of least squares, by pooling adjacent violators: blocks in order, each
 * with its weight and its sum of wy. The fit of joined stretches is that of their blocks.
 */
public final class IsotonicFit {

  private static final int INITIAL_CAPACITY = 16;

  private double[] blocks = new double[2 * INITIAL_CAPACITY];
  private int[] ends = new int[INITIAL_CAPACITY];
  private int added;
  private int size;

  /** A fit of nothing. */
  public IsotonicFit() {}

  /** Adds what comes next in order. */
  public void add(double weight, double outcome) {
    if (2 * size + 2 > blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * blocks.length);
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    blocks[2 * size] = weight;
    blocks[2 * size + 1] = outcome;
    size++;
    added++;
    while (size > 1 && mean(size - 2) >= mean(size - 1)) {
      size--;
      blocks[2 * size - 2] += blocks[2 * size];
      blocks[2 * size - 1] += blocks[2 * size + 1];
    }
    ends[size - 1] = added;
  }

  /** The number of blocks. */
  public int size() {
    return size;
  }

  /** How many of what was added lie in a block or in those before it. */
  public int end(int block) {
    return ends[block];
  }

  /** The value of the fit in a block: its sum of wy over its weight. */
  public double mean(int block) {
    return blocks[2 * block + 1] / blocks[2 * block];
  }

  /** Adds blocks: weight and sum of wy of each. */
  void addAll(double[] values, int from, int to) {
    for (int i = from; i < to; i += 2) {
      add(values[i], values[i + 1]);
    }
  }

  /** Weight and sum of wy of each block. */
  double[] blocks() {
    return Arrays.copyOf(blocks, 2 * size);
  }
}
