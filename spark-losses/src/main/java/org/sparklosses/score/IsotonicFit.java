package org.sparklosses.score;

import java.util.Arrays;

/**
 * The non-decreasing fit of least squares, by pooling adjacent violators: blocks in order, each
 * with its weight and its sum of wy. The fit of joined stretches is that of their blocks.
 */
final class IsotonicFit {

  private double[] blocks = new double[32];
  private int size;

  /** Adds what comes next in order. */
  void add(double weight, double outcome) {
    if (2 * size + 2 > blocks.length) {
      blocks = Arrays.copyOf(blocks, 2 * blocks.length);
    }
    blocks[2 * size] = weight;
    blocks[2 * size + 1] = outcome;
    size++;
    while (size > 1 && mean(size - 2) >= mean(size - 1)) {
      size--;
      blocks[2 * size - 2] += blocks[2 * size];
      blocks[2 * size - 1] += blocks[2 * size + 1];
    }
  }

  private double mean(int block) {
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
