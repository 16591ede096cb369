// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows of a value of a slice.
 *
 * @param values by column, null for SQL NULL
 * @param sets of these rows
 */
public record SliceCoverage(Map<String, String> values, SetCoverage sets) {

  /** Copies the map, keeping its order. */
  public SliceCoverage {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
