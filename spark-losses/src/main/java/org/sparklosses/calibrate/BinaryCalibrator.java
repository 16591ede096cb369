// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Settings;

/**
 * A method of calibrating a probability of two classes, defined in one file. It is found by {@link
 * java.util.ServiceLoader}: its class has a public constructor without arguments and is named in
 * {@code META-INF/services/org.sparklosses.calibrate.BinaryCalibrator}.
 */
public interface BinaryCalibrator {

  /** The name that it is asked for by. */
  String name();

  /** What it is and when to use it, in a line or two. */
  String summary();

  /** The probability of class 1 as a formula, and by what its parameters are found. */
  String formula();

  /** Where its definition comes from. */
  String source();

  /** Its settings, besides those that all methods have. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** How often the rows are read: once for the table, from which everything is fitted. */
  default int scans() {
    return 1;
  }

  /**
   * Fits a map.
   *
   * @param table with rows
   * @param settings values of {@link #parameters}
   */
  BinaryFit fit(BinaryTable table, Settings settings);

  /**
   * The map with these numbers, those of a map that was fitted.
   *
   * @throws IllegalArgumentException if they are none of such a map
   */
  BinaryMap map(MapNumbers numbers);
}
