// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis from 0 on.
 *
 * @param label what is measured
 * @param high its end, above 0
 * @param step between two ticks
 */
record Axis(String label, double high, double step) {

  /** From 0 to 1. */
  static Axis share(String label) {
    return new Axis(label, 1, 0.2);
  }

  /** From 0 to the next round number. */
  static Axis upTo(String label, double most) {
    if (!(most > 0) || Double.isInfinite(most)) {
      return share(label);
    }
    double power = Math.pow(10, Math.floor(Math.log10(most)));
    double scaled = most / power;
    double step = (scaled <= 1 ? 0.2 : scaled <= 2 ? 0.5 : scaled <= 5 ? 1 : 2) * power;
    return new Axis(label, step * Math.ceil(most / step), step);
  }

  /** The numbers that are marked. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step < high + step / 2; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** A mark as text, without the noise of its last digits. */
  static String text(double tick) {
    double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.6g", tick));
    return BigDecimal.valueOf(rounded).stripTrailingZeros().toPlainString();
  }
}
