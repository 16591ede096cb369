// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;

/** What a reader of a result ought to know before believing it. */
public final class Warnings {

  private static final Logger LOG = LoggerFactory.getLogger(Warnings.class);

  private Warnings() {}

  /** Of the rows that were read, each on a line of its own. */
  public static List<String> of(Ledger ledger) {
    List<String> warnings = new ArrayList<>();
    if (ledger.rowsSeen() == 0) {
      warnings.add("the table has no rows: every metric is NaN");
    } else if (ledger.rowsEvaluated() == 0) {
      warnings.add("no row could be evaluated: every metric is NaN");
    }
    if (ledger.count(InputCheck.PROBABILITY_LIKE) > 0) {
      warnings.add(
          InputCheck.PROBABILITY_LIKE.description()
              + " Declare them as probabilities (ofProbabilities, on the command line"
              + " --probabilities)");
    }
    return warnings;
  }

  /** Logs them. */
  public static void log(Ledger ledger) {
    of(ledger).forEach(LOG::warn);
  }
}
