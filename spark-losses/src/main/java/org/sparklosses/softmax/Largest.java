// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

/**
 * The largest numbers of a row, by a heap of as many indices: O(C log k), and O(C) for most rows.
 * Of equal numbers the one with the lower index counts as the larger.
 */
public final class Largest {

  private Largest() {}

  /**
   * The indices of the k largest, that of the smallest of them first and the others in no order.
   *
   * @param z holds no NaN
   * @param k in [1, z.length]
   */
  public static int[] of(double[] z, int k) {
    int[] heap = new int[k];
    for (int i = 0; i < k; i++) {
      heap[i] = i;
    }
    for (int i = k / 2 - 1; i >= 0; i--) {
      sink(z, heap, k, i, heap[i]);
    }
    double least = z[heap[0]];
    for (int j = k; j < z.length; j++) {
      if (z[j] > least) {
        sink(z, heap, k, 0, j);
        least = z[heap[0]];
      }
    }
    return heap;
  }

  /** As {@link #of}, in order: that of the largest first. */
  static int[] inOrder(double[] z, int k) {
    int[] heap = of(z, k);
    for (int last = k - 1; last > 0; last--) {
      int least = heap[0];
      sink(z, heap, last, 0, heap[last]);
      heap[last] = least;
    }
    return heap;
  }

  private static void sink(double[] z, int[] heap, int size, int at, int index) {
    int hole = at;
    for (int child = 2 * hole + 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && isLess(z, heap[child + 1], heap[child])) {
        child++;
      }
      if (isLess(z, index, heap[child])) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = index;
  }

  private static boolean isLess(double[] z, int i, int j) {
    return z[i] < z[j] || (z[i] == z[j] && i > j);
  }
}
