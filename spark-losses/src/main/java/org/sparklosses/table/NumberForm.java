// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;

/**
 * How a row tells the numbers that are judged by another, and what messages say of them.
 *
 * @param noun what they are called together
 * @param columns how many columns they are in; one of an array
 * @param isArray whether that column holds arrays
 * @param length how many numbers there are in a row; 0 for any
 * @param remedy what leaves rows with a fault out; {@code %s} in it is the fault
 */
public record NumberForm(String noun, int columns, boolean isArray, int length, String remedy)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** One number in each of some columns of a stage, which leaves rows out by its own setter. */
  public static NumberForm ofStage(String noun, int columns) {
    return new NumberForm(noun, columns, false, columns, "setHandleInvalid(\"skip\")");
  }

  /** The same as arrays in one column. */
  public static NumberForm arraysOfStage(String noun, int length) {
    return new NumberForm(noun, 1, true, length, "setHandleInvalid(\"skip\")");
  }
}
