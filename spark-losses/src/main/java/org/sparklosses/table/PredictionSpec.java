package org.sparklosses.table;

import java.io.Serializable;
import java.util.function.UnaryOperator;

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

  public PredictionSpec withRows(UnaryOperator<RowSpec> change) {
    return new PredictionSpec(change.apply(rows), kind, classes, ignoreIndex, classNames);
  }

  public PredictionSpec withKind(InputKind newKind) {
    return new PredictionSpec(rows, newKind, classes, ignoreIndex, classNames);
  }

  public PredictionSpec withClasses(int number) {
    return new PredictionSpec(rows, kind, number, ignoreIndex, classNames);
  }

  /** With names, and as many classes. */
  public PredictionSpec withClassNames(ClassNames names) {
    return new PredictionSpec(rows, kind, names.values().size(), ignoreIndex, names);
  }

  public PredictionSpec withIgnoreIndex(long label) {
    return new PredictionSpec(rows, kind, classes, label, classNames);
  }
}
