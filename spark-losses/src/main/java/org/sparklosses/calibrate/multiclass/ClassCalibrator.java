// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.List;
import org.sparklosses.calibrate.MapNumbers;

/**
 * A method of calibrating the probabilities of several classes, defined in one file. It is found by
 * {@link java.util.ServiceLoader}: its class has a public constructor without arguments and is
 * named in {@code META-INF/services/org.sparklosses.calibrate.multiclass.ClassCalibrator}.
 */
public interface ClassCalibrator {

  /** The name that it is asked for by. */
  String name();

  /** What it is and when to use it, in a line or two. */
  String summary();

  /** The probabilities as a formula, and by what its parameters are found. */
  String formula();

  /** Where its definition comes from. */
  String source();

  /**
   * Fits a map.
   *
   * @throws IllegalArgumentException if there is no row
   */
  ClassFit fit(LogitRows rows);

  /**
   * Fits all maps that the method chooses among, the one that it chooses first.
   *
   * @throws IllegalArgumentException if there is no row
   */
  default List<ClassFit> fits(LogitRows rows) {
    return List.of(fit(rows));
  }

  /**
   * The map of so many classes with these numbers, those of a map that was fitted.
   *
   * @throws IllegalArgumentException if they are none of such a map
   */
  ClassMap map(int classes, MapNumbers numbers);
}
