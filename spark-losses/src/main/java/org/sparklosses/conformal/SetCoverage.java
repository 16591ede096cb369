// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How good sets of classes are: whether they hold the labels, and how large they are. Shares and
 * means are weighted where rows have weights, and NaN without rows.
 *
 * @param all all rows
 * @param bySize the rows of each size of a set
 * @param byClass the rows of each label
 */
public record SetCoverage(
    Coverage all, SortedMap<Integer, Coverage> bySize, SortedMap<Integer, Coverage> byClass) {

  /** Takes copies. */
  public SetCoverage {
    bySize = Collections.unmodifiableSortedMap(new TreeMap<>(bySize));
    byClass = Collections.unmodifiableSortedMap(new TreeMap<>(byClass));
  }

  /** The share of the rows whose label is in their set; {@code 1 - alpha} is wanted. */
  public double coverage() {
    return all.share();
  }

  /** The mean number of classes in a set; less is better. */
  public double meanSize() {
    double sum = 0;
    for (Map.Entry<Integer, Coverage> size : bySize.entrySet()) {
      sum += size.getKey() * size.getValue().weight();
    }
    return sum / all.weight();
  }

  /** The share of the empty sets. */
  public double emptyRate() {
    return rate(0);
  }

  /** The share of the sets of one class. */
  public double singletonRate() {
    return rate(1);
  }

  private double rate(int size) {
    return bySize.getOrDefault(size, Coverage.NONE).weight() / all.weight();
  }

  /** The least coverage of the sets of a size. */
  public double minSizeCoverage() {
    return least(bySize);
  }

  /** The least coverage of the rows of a class. */
  public double minClassCoverage() {
    return least(byClass);
  }

  private static double least(Map<Integer, Coverage> parts) {
    return parts.values().stream().mapToDouble(Coverage::share).min().orElse(Double.NaN);
  }
}
