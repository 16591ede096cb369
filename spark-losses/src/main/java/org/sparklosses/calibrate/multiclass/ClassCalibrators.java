// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.MethodNames;
import org.sparklosses.function.Parameter;

/** The calibrators of probabilities, by name: of any number of classes, and of two. */
public final class ClassCalibrators {

  private static final MethodNames<ClassCalibrator> METHODS =
      MethodNames.of(
          "calibrator", Stream.concat(ofAnyNumber(), ofTwo()).toList(), ClassCalibrator::name);

  private ClassCalibrators() {}

  private static Stream<ClassCalibrator> ofAnyNumber() {
    ClassLoader loader = ClassCalibrators.class.getClassLoader();
    return ServiceLoader.load(ClassCalibrator.class, loader).stream()
        .map(ServiceLoader.Provider::get);
  }

  /** But for those that have to be told what to reach: they are for who has told it. */
  private static Stream<ClassCalibrator> ofTwo() {
    return BinaryCalibrators.all().stream()
        .filter(calibrator -> calibrator.parameters().stream().noneMatch(Parameter::required))
        .map(TwoClassCalibrator::new);
  }

  /** All, in the order of the documentation. */
  public static List<ClassCalibrator> all() {
    return METHODS.all();
  }

  /**
   * The calibrator of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ClassCalibrator named(String name) {
    return METHODS.named(name);
  }
}
