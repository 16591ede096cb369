// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

/** What is done about a row with a fault or a finding. */
public enum Policy {
  /** The evaluation ends with a message that names the column, the value and the row. */
  FAIL,
  /** The row is left out and counted. Of faults only. */
  DROP,
  /** The row is counted. Of findings that are no faults only. */
  COUNT
}
