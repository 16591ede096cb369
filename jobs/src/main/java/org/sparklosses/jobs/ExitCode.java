// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

/** What the process returns. */
public enum ExitCode {
  /** Done. */
  OK(0),
  /** A row of the table was refused, or a slice has too many values. */
  DATA(1),
  /** An option, a column or a metric is wrong. */
  USAGE(2),
  /** The input cannot be read or the output cannot be written. */
  IO(3),
  /** Anything else: a fault of the cluster or of this library. */
  FAILURE(4),
  /** The report was written, but a gate is violated. */
  GATE(5);

  private final int value;

  ExitCode(int value) {
    this.value = value;
  }

  /** The number that the shell sees. */
  public int value() {
    return value;
  }
}
