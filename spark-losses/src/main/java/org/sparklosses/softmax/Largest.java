package org.sparklosses.softmax;

import java.util.Arrays;

/** The largest numbers of a row, by a heap of as many: O(C log k), and O(C) for most rows. */
public final class Largest {

  private Largest() {}

  /** The k largest, the smallest of them first; k is less than the length and there is no NaN. */
  public static double[] of(double[] z, int k) {
    double[] heap = Arrays.copyOf(z, k);
    for (int i = k / 2 - 1; i >= 0; i--) {
      sink(heap, i, heap[i]);
    }
    for (int j = k; j < z.length; j++) {
      if (z[j] > heap[0]) {
        sink(heap, 0, z[j]);
      }
    }
    return heap;
  }

  private static void sink(double[] heap, int at, double value) {
    int hole = at;
    for (int child = 2 * hole + 1; child < heap.length; child = 2 * hole + 1) {
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= value) {
        break;
      }
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = value;
  }
}
