// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

/** The indices of a row by decreasing value, the lower index first of equal ones: O(C log C). */
final class DescendingOrder {

  private DescendingOrder() {}

  /** Of a row without NaN; of another, some order. */
  static int[] of(double[] values) {
    int n = values.length;
    int[] from = new int[n];
    for (int i = 0; i < n; i++) {
      from[i] = i;
    }
    int[] to = new int[n];
    for (int width = 1; width < n; width *= 2) {
      for (int low = 0; low < n; low += 2 * width) {
        merge(values, from, to, low, Math.min(low + width, n), Math.min(low + 2 * width, n));
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  private static void merge(double[] values, int[] from, int[] to, int low, int middle, int high) {
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takesRight =
          right < high && (left == middle || values[from[right]] > values[from[left]]);
      to[i] = takesRight ? from[right++] : from[left++];
    }
  }
}
