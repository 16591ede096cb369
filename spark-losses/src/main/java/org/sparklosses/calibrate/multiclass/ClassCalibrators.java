// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.sparklosses.calibrate.BinaryCalibrator;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.function.Parameter;

/** The calibrators of probabilities, by name: of any number of classes, and of two. */
public final class ClassCalibrators {

  private static final Map<String, ClassCalibrator> BY_NAME = load();

  private ClassCalibrators() {}

  private static Map<String, ClassCalibrator> load() {
    Map<String, ClassCalibrator> byName = new LinkedHashMap<>();
    ClassLoader loader = ClassCalibrators.class.getClassLoader();
    for (ClassCalibrator calibrator : ServiceLoader.load(ClassCalibrator.class, loader)) {
      if (byName.put(calibrator.name(), calibrator) != null) {
        throw new IllegalStateException("two calibrators are named " + calibrator.name());
      }
    }
    for (BinaryCalibrator calibrator : BinaryCalibrators.all()) {
      // One that has to be told what it is to reach is for those who have told it.
      if (calibrator.parameters().stream().noneMatch(Parameter::required)) {
        byName.putIfAbsent(calibrator.name(), new TwoClassCalibrator(calibrator));
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  /** All, in the order of the documentation. */
  public static List<ClassCalibrator> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * The calibrator of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ClassCalibrator named(String name) {
    ClassCalibrator calibrator = BY_NAME.get(name);
    if (calibrator == null) {
      throw new IllegalArgumentException(
          "no calibrator is named '%s'; there are %s"
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return calibrator;
  }
}
