// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.io.Serializable;
import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Settings;

/**
 * How badly a class fits the probabilities of a row, defined in one file: the lower, the better. It
 * is found by {@link java.util.ServiceLoader}: its class has a public constructor without
 * arguments, which makes it with its defaults, and is named in {@code
 * META-INF/services/org.sparklosses.conformal.ConformityScore}.
 *
 * <p>Sets hold the classes whose score is at most a threshold. A score is a function of the row
 * alone and has the same bits wherever it is computed, or a row could miss the threshold that it
 * has set itself.
 */
public interface ConformityScore extends Serializable {

  /** The name that it is asked for by. */
  String name();

  /** What it is and when to use it, in a line or two. */
  String summary();

  /** The score of class k as a formula. */
  String formula();

  /** Where its definition comes from. */
  String source();

  /** Its settings. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** The same with these values of {@link #parameters}. */
  default ConformityScore with(Settings settings) {
    return this;
  }

  /** Whether {@code u} matters. */
  default boolean isRandomised() {
    return false;
  }

  /**
   * The scores of all classes.
   *
   * @param p their probabilities
   * @param u a number in [0, 1) that is uniform over rows and the same whenever the row is scored;
   *     0 for sets that are larger and the same for rows that are the same
   */
  double[] scores(double[] p, double u);
}
