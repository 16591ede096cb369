// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.MethodNames;
import org.sparklosses.function.Parameter;

/** The calibrators of probabilities, by name: of any number of classes, and of two. */
public final class ClassCalibrators {

  private static final MethodNames<ClassCalibrator> METHODS =
      MethodNames.of(Stream.concat(ofAnyNumber(), ofTwo()).toList(), ClassCalibrator::name);

  private static final String OF_A_TABLE = "quadratic_scaling";

  private ClassCalibrators() {}

  private static Stream<ClassCalibrator> ofAnyNumber() {
    ClassLoader loader = ClassCalibrators.class.getClassLoader();
    return ServiceLoader.load(ClassCalibrator.class, loader).stream()
        .map(ServiceLoader.Provider::get);
  }

  /** The names of those of two classes. */
  public static List<String> namesOfTwo() {
    return ofTwo().map(ClassCalibrator::name).toList();
  }

  /**
   * Fits a calibrator of two classes from a table of their logits; no row is read. Of {@code auto},
   * which has to read rows, the one that gains most often.
   *
   * @throws IllegalArgumentException if there is no calibrator of two classes of this name, or no
   *     row
   */
  public static ClassFit fit(String name, BinaryTable table) {
    ClassCalibrator calibrator =
        name.equals(AutomaticCalibrator.NAME) ? METHODS.named(OF_A_TABLE) : named(name);
    if (calibrator instanceof TwoClassCalibrator ofTwo) {
      return ofTwo.fit(table, 0);
    }
    throw new IllegalArgumentException(
        "%s is fitted to rows; from a state there are %s"
            .formatted(name, String.join(", ", namesOfTwo())));
  }

  /** But for those that have to be told what to reach: they are for who has told it. */
  private static Stream<TwoClassCalibrator> ofTwo() {
    return BinaryCalibrators.all().stream()
        .filter(calibrator -> calibrator.parameters().stream().noneMatch(Parameter::required))
        .map(TwoClassCalibrator::new);
  }

  /** All, in the order of the documentation. */
  public static List<ClassCalibrator> all() {
    return METHODS.all();
  }

  /**
   * The calibrator of this name; of several names with commas between, the best of them and of none
   * by cross-fitting.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ClassCalibrator named(String name) {
    List<String> names = Arrays.stream(name.split(",", -1)).map(String::trim).toList();
    if (names.size() == 1) {
      return METHODS.named(names.get(0));
    }
    return new AutomaticCalibrator(
        names.stream()
            .distinct()
            .filter(one -> !one.equals(NoCalibration.NAME))
            .map(ClassCalibrators::candidate)
            .toList());
  }

  private static ClassCalibrator candidate(String name) {
    ClassCalibrator candidate = METHODS.named(name);
    if (candidate instanceof AutomaticCalibrator) {
      throw new IllegalArgumentException(
          name + " chooses among methods and is none to choose: name it alone");
    }
    return candidate;
  }
}
