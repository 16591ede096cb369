// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.score.Atoms;

/** Says with a result without an error bound of its own what it was computed from. */
final class Exactness {

  private Exactness() {}

  /** As given, with a part {@code exact}: 1 off distinct scores, 0 off a grid, NaN of no rows. */
  static Function<Atoms, Map<String, Double>> said(Function<Atoms, Map<String, Double>> values) {
    return atoms -> {
      Map<String, Double> parts = new LinkedHashMap<>(values.apply(atoms));
      parts.put("exact", atoms.size() == 0 ? Double.NaN : atoms.isExact() ? 1.0 : 0.0);
      return parts;
    };
  }
}
