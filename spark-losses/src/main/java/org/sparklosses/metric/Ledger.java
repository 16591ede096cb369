// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What was read and what became of it.
 *
 * @param rowsSeen all rows
 * @param rowsEvaluated rows that entered the metrics
 * @param sumWeight the weight of the rows that entered
 * @param counts rows by finding; a finding that is absent was not made. A row with several faults
 *     counts for the first in the order of the enum
 */
public record Ledger(
    long rowsSeen, long rowsEvaluated, double sumWeight, Map<InputCheck, Long> counts) {

  /** Copies the map. */
  public Ledger {
    EnumMap<InputCheck, Long> copy = new EnumMap<>(InputCheck.class);
    copy.putAll(counts);
    counts = Collections.unmodifiableMap(copy);
  }

  /** How many rows were found to be so. */
  public long count(InputCheck check) {
    return counts.getOrDefault(check, 0L);
  }
}
