// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.multiclass.ClassCalibrator;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.testing.MarkdownPage;

/** The table of methods on the page of calibrators. */
class CalibrateDocumentTest {

  @Test
  void methods() {
    List<String> ofTwoClasses =
        BinaryCalibrators.all().stream().map(calibrator -> calibrator.name()).toList();
    StringBuilder table =
        new StringBuilder("| method | classes | what | map | source |\n|---|---|---|---|---|\n");
    for (ClassCalibrator calibrator : ClassCalibrators.all()) {
      table.append(
          "| `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  calibrator.name(),
                  ofTwoClasses.contains(calibrator.name()) ? "2" : "any",
                  calibrator.summary(),
                  calibrator.formula().replace("|", "\\|"),
                  calibrator.source()));
    }
    new MarkdownPage("calibrate.md").check("methods", table.toString());
  }
}
