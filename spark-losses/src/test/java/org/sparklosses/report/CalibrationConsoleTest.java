// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.calibrate.multiclass.ClassMap;
import org.sparklosses.calibrate.multiclass.Trial;

/** What is said of a fit. */
class CalibrationConsoleTest {

  private static String text(ClassMap map, List<Trial> trials) {
    return CalibrationConsole.of(
        new ClassFit(map, "few rows", 1234, 1234, 3, 0.5, 0.25, 1e-9, 4, 1e-7, trials));
  }

  /** The parabola a + bz + cz^2 turns round at -b / 2c. */
  @Test
  void whereTheOrderOfScoresIsKept() {
    MapNumbers parabola = MapNumbers.none().with("a", 0.5).with("b", 1).with("c", -0.25);
    String text = text(ClassCalibrators.named("quadratic_scaling").map(2, parabola), List.of());
    assertEquals(
        """
        quadratic_scaling: fitted to 1,234 rows of 2 classes in 3 scans, log loss 0.50000 before and\
         0.25000 after
          a = 0.50000
          b = 1.00000
          c = -0.25000
        note: it keeps the order of scores from -Infinity to 2.00000
        note: few rows
        """,
        text);
    MapNumbers falling = parabola.with("b", -1).with("c", 0);
    assertTrue(
        text(ClassCalibrators.named("quadratic_scaling").map(2, falling), List.of())
            .contains("note: it does not keep the order of scores\n"));
  }

  @Test
  void whatWasChosenAmong() {
    String text =
        text(
            ClassCalibrators.named("none").map(3, MapNumbers.none()),
            List.of(new Trial("none", 0.5, 0, 0), new Trial("temperature", 0.6, 0.1, 0.05)));
    assertTrue(text.startsWith("none: fitted to 1,234 rows of 3 classes"), text);
    assertTrue(text.contains("temperature        0.60000     0.10000  0.00200 to 0.19800"), text);
    assertTrue(text.contains("none               0.50000           -                   -"), text);
  }
}
