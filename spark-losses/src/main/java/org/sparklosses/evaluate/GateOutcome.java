// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of a gate.
 *
 * @param gate the gate
 * @param violations where it is violated; none when the model passed it
 */
public record GateOutcome(Gate gate, List<Violation> violations) {

  /** Copies the list. */
  public GateOutcome {
    violations = List.copyOf(violations);
  }

  /**
   * One violation.
   *
   * @param slice column to value; empty for all rows, and where a slice has no values at all
   * @param value the figure there; NaN where it is not known
   */
  public record Violation(Map<String, String> slice, double value) {

    /** Copies the map, keeping its order. */
    public Violation {
      slice = Collections.unmodifiableMap(new LinkedHashMap<>(slice));
    }
  }

  /** Of a gate, by the results of all rows or, where it names a slice, of each of its values. */
  static GateOutcome of(Gate gate, SliceResult overall, List<SliceResult> slices) {
    List<SliceResult> checked =
        gate.slice().isEmpty()
            ? List.of(overall)
            : slices.stream()
                .filter(slice -> List.copyOf(slice.slice().keySet()).equals(gate.slice()))
                .toList();
    GatedMetric gated = new GatedMetric(gate);
    List<Violation> violations = new ArrayList<>();
    for (SliceResult result : checked) {
      double value = gated.figure(result.metrics());
      if (Double.isNaN(value) || gate.operator().holds(value, gate.bound())) {
        violations.add(new Violation(result.slice(), value));
      }
    }
    if (checked.isEmpty()) {
      violations.add(new Violation(Map.of(), Double.NaN));
    }
    return new GateOutcome(gate, violations);
  }

  /** Whether the gate is violated anywhere. */
  public boolean isViolated() {
    return !violations.isEmpty();
  }
}
