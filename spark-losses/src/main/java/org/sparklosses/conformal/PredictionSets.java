// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes the set of a row: the classes whose score, rounded to float, is at most the threshold.
 *
 * @param score of a class
 * @param thresholds by group: one, or one a class
 */
public record PredictionSets(ConformityScore score, Map<String, float[]> thresholds)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Takes a copy. */
  public PredictionSets {
    thresholds = new LinkedHashMap<>(thresholds);
  }

  /** The sets of a share. */
  public static PredictionSets of(
      ConformityScore score, ThresholdTable table, int share, int shares) {
    Map<String, float[]> thresholds = new LinkedHashMap<>();
    table.byGroup().keySet().forEach(g -> thresholds.put(g, table.of(g, share, shares)));
    return new PredictionSets(score, thresholds);
  }

  /**
   * The classes in the set of a row, ascending; all of a group that is unknown.
   *
   * @param p the probabilities of the classes
   * @param u in [0, 1), see {@link ConformityScore#scores}
   */
  public int[] of(double[] p, double u, String group) {
    float[] ofGroup = thresholds.get(group);
    double[] scores = score.scores(p, u);
    int[] set = new int[p.length];
    int size = 0;
    for (int k = 0; k < p.length; k++) {
      boolean isIn = ofGroup == null || (float) scores[k] <= ofGroup[ofGroup.length == 1 ? 0 : k];
      if (isIn) {
        set[size++] = k;
      }
    }
    return Arrays.copyOf(set, size);
  }
}
