// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.io.DataInput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Settings;

/** The calibrators of a probability of two classes, by name. */
public final class BinaryCalibrators {

  /** The setting of every method that keeps probabilities away from 0 and 1. */
  public static final Parameter FLOOR =
      Parameter.choice(
          "floor",
          List.of("none", "mix"),
          "mix: (1 - e) p + e / 2 with e = 1 / (W + 1), W the weight of all rows");

  private static final MethodNames<BinaryCalibrator> METHODS =
      MethodNames.of(
          "calibrator",
          ServiceLoader.load(BinaryCalibrator.class, BinaryCalibrators.class.getClassLoader()),
          BinaryCalibrator::name);

  private BinaryCalibrators() {}

  /** All, in the order of the documentation. */
  public static List<BinaryCalibrator> all() {
    return METHODS.all();
  }

  /**
   * The calibrator of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static BinaryCalibrator named(String name) {
    return METHODS.named(name);
  }

  /** The settings of a calibrator, with those that all have. */
  public static List<Parameter> parameters(BinaryCalibrator calibrator) {
    List<Parameter> parameters = new ArrayList<>(calibrator.parameters());
    parameters.add(FLOOR);
    return Collections.unmodifiableList(parameters);
  }

  /**
   * Fits a map.
   *
   * @param name of the calibrator
   * @param settings by name; those that are not given have their defaults
   * @throws IllegalArgumentException if there is no such calibrator or setting, or the table has no
   *     rows
   */
  public static BinaryFit fit(String name, BinaryTable table, Map<String, ?> settings) {
    BinaryCalibrator calibrator = named(name);
    Settings bound = Settings.of(name, parameters(calibrator), settings);
    if (table.rows() == 0) {
      throw new IllegalArgumentException(
          name
              + ": there is no row of positive weight to fit from; check the filter, the weights"
              + " and the labels");
    }
    BinaryFit fit = calibrator.fit(table, bound);
    return bound.text(FLOOR.name()).equals("none") ? fit : FlooredMap.of(fit, table);
  }

  /**
   * Reads a map that {@link BinaryMap#write} wrote.
   *
   * @throws IOException if it is none
   */
  public static BinaryMap read(DataInput in) throws IOException {
    String method = in.readUTF();
    MapNumbers numbers = MapNumbers.read(in);
    try {
      return map(method, numbers);
    } catch (IllegalArgumentException e) {
      StreamCorruptedException corrupted = new StreamCorruptedException(e.getMessage());
      corrupted.initCause(e);
      throw corrupted;
    }
  }

  /**
   * The map of a method with these numbers.
   *
   * @throws IllegalArgumentException if there is no such method, or they are none of its maps
   */
  public static BinaryMap map(String method, MapNumbers numbers) {
    BinaryCalibrator calibrator = named(method);
    if (!numbers.has(FlooredMap.SHARE)) {
      return calibrator.map(numbers);
    }
    return new FlooredMap(
        calibrator.map(numbers.without(FlooredMap.SHARE)), numbers.number(FlooredMap.SHARE));
  }
}
