// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoublePredicate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.score.WeightRange;

/**
 * Reads and judges one row of the table: predictions, label (as double), weight (as double, if the
 * table has one), key (if it has one), key of the bootstrap (if there is one), slice columns (as
 * text), the label as text (if classes have names), then the columns that only functions of columns
 * read, and those functions.
 */
public final class RowReader {

  /**
   * How far a probability may lie outside [0, 1], and a sum of them from 1: several float
   * roundings, or a text file.
   */
  public static final double TOLERANCE = 1e-4;

  private final PredictionSpec spec;
  private final RowSpec rows;
  private final NumberColumn label;
  private final NumberColumn weight;
  private final WeightRange weightRange;
  private final Expression key;
  private final KeyColumn unit;
  private final SliceReader slices;

  /** What the label is in the table; null unless classes have names. */
  private final Expression labelText;

  private final Map<String, Expression> functions = new LinkedHashMap<>();
  private final PredictionColumn column;
  private final PredictionRow row;

  private final RowsAhead rowsAhead = new RowsAhead(RowKernels.get());

  private ColumnarBatch batch;
  private double labelValue;
  private double weightValue;

  /**
   * A reader of rows without functions of columns.
   *
   * @param children the columns, in the order above
   */
  public RowReader(PredictionSpec spec, List<Expression> children) {
    this(spec, List.of(), children);
  }

  /**
   * A reader of rows.
   *
   * @param functions the names of the functions' values
   * @param children the columns and functions, in the order above
   */
  public RowReader(PredictionSpec spec, List<String> functions, List<Expression> children) {
    this.spec = spec;
    rows = spec.rows();
    row = new PredictionRow(RowKernels.get(), TOLERANCE, spec.kind().isRenormalised());
    column = new PredictionColumn(children.get(0));
    label = new NumberColumn(children.get(1));
    int next = 2;
    weight = rows.isWeighted() ? new NumberColumn(children.get(next++)) : null;
    weightRange = rows.unit() == null ? WeightRange.ALL : WeightRange.RESAMPLED;
    key = rows.key() == null ? null : children.get(next++);
    unit = rows.unit() == null ? null : new KeyColumn(children.get(next++));
    int end = next + rows.sliceColumns().size();
    slices = new SliceReader(children.subList(next, end));
    labelText = spec.classNames().areDeclared() ? children.get(end) : null;
    for (int i = 0; i < functions.size(); i++) {
      this.functions.put(functions.get(i), children.get(children.size() - functions.size() + i));
    }
  }

  /** Says that the rows to come are those of a batch, in ascending order. */
  public void startBatch(ColumnarBatch batch) {
    startRows(batch);
    rowsAhead.startBatch(spec.kind().isLogits() ? column.arraysOfFloats() : null, batch.numRows());
  }

  /**
   * As {@link #startBatch}, but the rows may come in any order, each told by {@link #moveTo}.
   *
   * @return false if rows are not told by predictions, label, weight and key alone
   */
  boolean startBlocks(ColumnarBatch batch) {
    startRows(batch);
    rowsAhead.startBatch(null, 0);
    return functions.isEmpty();
  }

  /** What the predictions of the batch are read from. */
  PredictionColumn predictions() {
    return column;
  }

  private void startRows(ColumnarBatch newBatch) {
    batch = newBatch;
    column.startBatch(batch);
    label.startBatch(batch);
    if (weight != null) {
      weight.startBatch(batch);
    }
    if (unit != null) {
      unit.startBatch(batch);
    }
    slices.startBatch(batch);
  }

  /** Says that the row to be read next is this one of the batch. */
  public void moveTo(int rowToCome) {
    slices.moveTo(rowToCome);
  }

  /** Where it is, and the slices there. */
  public SliceReader slices() {
    return slices;
  }

  /**
   * Reads label and weight of those rows of [from, to) of the batch that are selected.
   *
   * @param classes the number of classes of their predictions
   * @param labels receives the label of each row, {@link RowStatistics#NO_LABEL} if something is
   *     wrong with label or weight
   * @param weights receives the weight of each row, if there are weights
   */
  void readLabels(
      int from, int to, RowSelection selection, int classes, int[] labels, double[] weights) {
    if (weight == null && label.readInts(from, to, RowStatistics.NO_LABEL, labels)) {
      for (int i = 0; i < to - from; i++) {
        int given = labels[i];
        boolean isUsed = given >= 0 && given < classes && given != spec.ignoreIndex();
        labels[i] = isUsed ? given : RowStatistics.NO_LABEL;
      }
      return;
    }
    for (int row = from; row < to; row++) {
      if (!selection.contains(row)) {
        continue;
      }
      moveTo(row);
      startRow(batch.getRow(row));
      labels[row - from] = isUsed(classes) ? (int) labelValue : RowStatistics.NO_LABEL;
      weights[row - from] = weightValue;
    }
  }

  private boolean isUsed(int classes) {
    return !label.isNull()
        && labelValue != spec.ignoreIndex()
        && isClassIndex(labelValue, classes)
        && !isWeightNull()
        && weightRange.contains(weightValue);
  }

  /** Reads the hash of the unit of rows of the batch, if units were declared. */
  void readKeys(int[] ofRows, int count, long[] keys) {
    if (unit == null || unit.hashAll(ofRows, count, keys)) {
      return;
    }
    for (int i = 0; i < count; i++) {
      slices.goTo(ofRows[i]);
      keys[i] = unit.hash(slices.row());
    }
  }

  /** The row that was read last, if {@link #read} found no fault. */
  public PredictionRow row() {
    return row;
  }

  /**
   * Reads a row.
   *
   * @param classes knows the number of classes, or takes it from this row
   * @return why the row is not to be evaluated; null when it is
   */
  public InputCheck read(InternalRow newInput, ClassCount classes) {
    startRow(newInput);
    if (!label.isNull() && labelValue == spec.ignoreIndex()) {
      return InputCheck.IGNORED;
    }
    if (!isWeightNull() && weightValue == 0) {
      return InputCheck.ZERO_WEIGHT;
    }
    InputCheck fault = readPredictions(newInput, classes);
    if (fault == null) {
      fault = judgeLabelAndWeight();
    }
    if (fault == null) {
      functions.forEach((name, function) -> row.setValue(name, (Double) function.eval(newInput)));
    }
    return fault;
  }

  private void startRow(InternalRow newInput) {
    slices.startRow(newInput);
    labelValue = label.read(newInput);
    weightValue = weight == null ? 1.0 : weight.read(newInput);
  }

  private InputCheck readPredictions(InternalRow input, ClassCount classes) {
    int rowOfBatch = slices.rowOfBatch();
    boolean isAhead = !row.wantsMoments() && rowsAhead.reach(rowOfBatch);
    if (!isAhead && !column.read(input)) {
      return InputCheck.NULL_PREDICTION;
    }
    int length = isAhead ? rowsAhead.length() : column.length();
    if (length == 0) {
      return InputCheck.EMPTY_PREDICTION;
    }
    if (length == 1 && spec.classes() < 2) {
      return InputCheck.ONE_CLASS;
    }
    if (!classes.acceptsClasses(length)) {
      return InputCheck.LENGTH_MISMATCH;
    }
    int index =
        !label.isNull() && isClassIndex(labelValue, length)
            ? (int) labelValue
            : RowStatistics.NO_LABEL;
    double w = isWeightNull() ? Double.NaN : weightValue;
    if (isAhead) {
      row.readLogits(rowsAhead.tile(), rowsAhead.place(rowOfBatch), index, w);
    } else {
      column.readInto(row, spec.kind(), index, w);
    }
    if (unit != null) {
      row.setKey(unit.hash(input));
    }
    return row.fault();
  }

  private boolean isWeightNull() {
    return weight != null && weight.isNull();
  }

  private static boolean isClassIndex(double label, int classes) {
    return label >= 0 && label < classes && label == (int) label;
  }

  private InputCheck judgeLabelAndWeight() {
    if (label.isNull()) {
      return InputCheck.NULL_LABEL;
    }
    if (row.label() == RowStatistics.NO_LABEL) {
      return InputCheck.LABEL_OUT_OF_RANGE;
    }
    if (isWeightNull()) {
      return InputCheck.NULL_WEIGHT;
    }
    if (!(weightValue > 0 && weightValue < Double.POSITIVE_INFINITY)) {
      return InputCheck.INVALID_WEIGHT;
    }
    return weightRange.contains(weightValue) ? null : InputCheck.WEIGHT_OUT_OF_RANGE;
  }

  /** What to tell of the row that was read last, whose fault the policy does not let pass. */
  public InvalidRowException failure(InputCheck check, int classes) {
    // A row that was read ahead has left no copy to tell of.
    column.read(slices.row());
    String remedy =
        check == InputCheck.LENGTH_MISMATCH && spec.classes() == 0
            ? "declare the number of classes to have other rows left out and counted, for example"
                + " classes(%d).policy(InputCheck.LENGTH_MISMATCH, Policy.DROP)".formatted(classes)
            : "to leave such rows out and count them: policy(InputCheck.%s, Policy.DROP), in SQL the"
                    .formatted(check)
                + " option 'drop=%s'".formatted(check.name().toLowerCase(Locale.ROOT));
    return new InvalidRowException(
        check,
        classes,
        "column '%s': %s: %s, in the row %s%s"
            .formatted(
                columnOf(check),
                description(check),
                describe(check, classes),
                where(),
                hint(check)),
        remedy);
  }

  private String description(InputCheck check) {
    return check == InputCheck.LENGTH_MISMATCH && spec.classes() > 0
        ? "predictions have another length than there are classes declared"
        : check.description();
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private String columnOf(InputCheck check) {
    return switch (check) {
      case NULL_LABEL, LABEL_OUT_OF_RANGE, IGNORED -> rows.label();
      case NULL_WEIGHT, INVALID_WEIGHT, WEIGHT_OUT_OF_RANGE, ZERO_WEIGHT -> rows.weight();
      default -> rows.predictions();
    };
  }

  private String where() {
    return key == null
        ? "(no key column was declared that could name it)"
        : "with " + rows.key() + " = " + SliceLabel.value(text(key.eval(slices.row())));
  }

  private String describe(InputCheck check, int classes) {
    return switch (check) {
      case NULL_PREDICTION, NULL_LABEL, NULL_WEIGHT -> "NULL";
      case EMPTY_PREDICTION -> "0 entries";
      case ONE_CLASS -> "[" + column.get(0) + "]";
      case LENGTH_MISMATCH -> column.length() + " entries, not " + classes;
      case NAN -> entry(check, Double::isNaN);
      case POSITIVE_INFINITY -> entry(check, x -> x == Double.POSITIVE_INFINITY);
      case ALL_NEGATIVE_INFINITY -> column.length() + " entries";
      case NOT_NORMALISED -> probabilities();
      case LABEL_OUT_OF_RANGE, IGNORED -> label();
      case INVALID_WEIGHT, ZERO_WEIGHT -> String.valueOf(weightValue);
      case WEIGHT_OUT_OF_RANGE -> weightRange.told(weightValue);
      case SATURATED, TIED_ARGMAX, CLIPPED, RENORMALISED, PROBABILITY_LIKE, CROSSING_QUANTILES ->
          "confidence " + row.confidence();
    };
  }

  /** What may have caused it, after a semicolon. */
  private String hint(InputCheck check) {
    if (check == InputCheck.ONE_CLASS) {
      return "; of two classes give the number itself, that of class 1, instead of an array: %s[0],"
              .formatted(rows.predictions())
          + " of a vector vector_to_array(%s)[0]".formatted(rows.predictions());
    }
    if (check != InputCheck.NOT_NORMALISED) {
      return "";
    }
    double sum = 0;
    boolean isInside = !isComplement();
    for (int j = 0; j < column.length(); j++) {
      isInside &= column.get(j) >= -TOLERANCE && column.get(j) <= 1 + TOLERANCE;
      sum += column.get(j);
    }
    return isInside && sum > 0
        ? "; to divide probabilities by their sum: renormalise(), on the command line"
            + " --renormalise, in SQL the option 'renormalise=true'"
        : "; were logits declared as probabilities?";
  }

  private String label() {
    return labelText == null
        ? number(labelValue) + ", classes are 0 to " + (column.length() - 1)
        : "%s, classes are %s"
            .formatted(
                SliceLabel.value(text(labelText.eval(slices.row()))),
                String.join(", ", spec.classNames().values()));
  }

  private String entry(InputCheck check, DoublePredicate is) {
    for (int j = 0; j < column.length(); j++) {
      if (is.test(column.get(j))) {
        return column.get(j) + " at index " + j;
      }
    }
    throw new IllegalStateException("no entry of the row is " + check);
  }

  private String probabilities() {
    if (isComplement()) {
      return "%s as the probability of class 1, %s of class 0"
          .formatted(column.get(1), column.get(0));
    }
    double sum = 0;
    for (int j = 0; j < column.length(); j++) {
      double p = column.get(j);
      if (p < -TOLERANCE || p > 1 + TOLERANCE) {
        return p + " at index " + j;
      }
      sum += p;
    }
    return "they sum to " + sum;
  }

  /**
   * Whether two classes add up to 1 as they do where one number a row is given, that of class 1.
   */
  private boolean isComplement() {
    return column.length() == 2 && column.get(0) == 1.0 - column.get(1);
  }

  private static String number(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? String.valueOf((long) x) : String.valueOf(x);
  }
}
