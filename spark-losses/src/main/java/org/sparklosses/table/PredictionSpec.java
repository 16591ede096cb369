// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import java.util.function.UnaryOperator;
import org.sparklosses.metric.InputCheck;

/**
 * What the rows of a table predict: one of several classes.
 *
 * @param rows the columns
 * @param kind what the predictions are
 * @param classes the number of classes that was declared, or 0
 * @param ignoreIndex the label of rows that are left out
 * @param classNames what classes are called
 */
public record PredictionSpec(
    RowSpec rows, InputKind kind, int classes, long ignoreIndex, ClassNames classNames)
    implements Serializable {

  /** The label of rows that are left out, unless declared otherwise. */
  public static final long DEFAULT_IGNORE_INDEX = -100;

  private static final long serialVersionUID = 1L;

  /** Predictions of a kind in a column. */
  public static PredictionSpec of(InputKind kind, String column) {
    return new PredictionSpec(RowSpec.of(column), kind, 0, DEFAULT_IGNORE_INDEX, ClassNames.NONE);
  }

  /**
   * Checks that the policies can be kept.
   *
   * @throws IllegalArgumentException if rows of the wrong length are to be left out, and it is not
   *     known what the right one is
   */
  public void checkPolicies() {
    if (rows.policies().get(InputCheck.LENGTH_MISMATCH) == Policy.DROP && classes == 0) {
      throw new IllegalArgumentException(
          "which rows have the wrong length cannot be told before the number of classes is"
              + " declared: classes(n)");
    }
  }

  /** With other columns. */
  public PredictionSpec withRows(UnaryOperator<RowSpec> change) {
    return new PredictionSpec(change.apply(rows), kind, classes, ignoreIndex, classNames);
  }

  /** With predictions of another kind. */
  public PredictionSpec withKind(InputKind newKind) {
    return new PredictionSpec(rows, newKind, classes, ignoreIndex, classNames);
  }

  /** With a declared number of classes. */
  public PredictionSpec withClasses(int number) {
    return new PredictionSpec(rows, kind, number, ignoreIndex, classNames);
  }

  /** With names, and as many classes. */
  public PredictionSpec withClassNames(ClassNames names) {
    return new PredictionSpec(rows, kind, names.values().size(), ignoreIndex, names);
  }

  /** With another label of rows that are left out. */
  public PredictionSpec withIgnoreIndex(long label) {
    return new PredictionSpec(rows, kind, classes, label, classNames);
  }
}
