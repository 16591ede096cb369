// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/** The classes of a row by their probabilities: the largest first, the lower index first of two. */
final class ClassOrder {

  private ClassOrder() {}

  /** The indices in that order, by merging runs from the bottom up. */
  static int[] descending(double[] p) {
    int[] order = new int[p.length];
    for (int j = 0; j < order.length; j++) {
      order[j] = j;
    }
    int[] merged = new int[p.length];
    for (int width = 1; width < p.length; width *= 2) {
      for (int from = 0; from < p.length; from += 2 * width) {
        int middle = Math.min(from + width, p.length);
        merge(p, order, from, middle, Math.min(middle + width, p.length), merged);
      }
      int[] last = order;
      order = merged;
      merged = last;
    }
    return order;
  }

  private static void merge(double[] p, int[] runs, int from, int middle, int to, int[] merged) {
    int left = from;
    int right = middle;
    for (int at = from; at < to; at++) {
      boolean takesRight = left == middle || (right < to && p[runs[right]] > p[runs[left]]);
      merged[at] = runs[takesRight ? right++ : left++];
    }
  }
}
