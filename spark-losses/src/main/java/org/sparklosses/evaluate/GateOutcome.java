package org.sparklosses.evaluate;

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

  /** Whether the gate is violated anywhere. */
  public boolean isViolated() {
    return !violations.isEmpty();
  }
}
