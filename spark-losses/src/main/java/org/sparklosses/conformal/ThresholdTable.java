// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The thresholds of every group, class and share.
 *
 * @param classes how many classes of a group have thresholds of their own; 1 where they share one
 * @param byGroup of each group {@code classes} times a threshold for each share; the group is null
 *     where it is SQL NULL, and {@link #ALL} where there are none
 */
public record ThresholdTable(int classes, Map<String, float[]> byGroup) implements Serializable {

  /** The group of all rows. */
  public static final String ALL = "";

  private static final long serialVersionUID = 1L;

  /** Copies the map, keeping its order. */
  public ThresholdTable {
    byGroup = Collections.unmodifiableMap(new LinkedHashMap<>(byGroup));
  }

  /**
   * The thresholds of a group as one array, from those of its classes; +infinity for a class
   * without rows.
   *
   * @param shares how many shares there are
   */
  public static float[] ofGroup(int classes, int shares, Map<Integer, float[]> byClass) {
    float[] thresholds = new float[classes * shares];
    Arrays.fill(thresholds, Float.POSITIVE_INFINITY);
    byClass.forEach(
        (classIndex, found) -> System.arraycopy(found, 0, thresholds, classIndex * shares, shares));
    return thresholds;
  }

  /**
   * The thresholds of the classes of a group for a share; one where they share it.
   *
   * @param share which of the shares, from 0
   * @param shares how many there are
   * @return null of a group that had no rows: every threshold is infinite
   */
  public float[] of(String group, int share, int shares) {
    float[] all = byGroup.get(group);
    if (all == null) {
      return null;
    }
    float[] thresholds = new float[classes];
    for (int k = 0; k < classes; k++) {
      thresholds[k] = all[k * shares + share];
    }
    return thresholds;
  }

  /** How many thresholds are infinite, of the groups that there are. */
  public long infinite(int share, int shares) {
    long infinite = 0;
    for (String group : byGroup.keySet()) {
      for (float threshold : of(group, share, shares)) {
        infinite += threshold == Float.POSITIVE_INFINITY ? 1 : 0;
      }
    }
    return infinite;
  }
}
