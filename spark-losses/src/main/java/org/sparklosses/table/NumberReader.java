// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.score.WeightRange;

/**
 * Reads and judges one row of a table of forecasts: the columns of the forecast, the number that
 * came true, the weight if the table has one, the key of a bootstrap if there is one, and the slice
 * columns.
 */
public final class NumberReader {

  private final RowSpec rows;
  private final NumberForm form;
  private final List<Expression> columns;

  /** Of a forecast of one number or several columns of numbers; empty where it is an array. */
  private final List<NumberColumn> numbers;

  /** Of a forecast that is an array; null where it is not. */
  private final PredictionColumn array;

  private final NumberColumn label;
  private final NumberColumn weight;
  private final KeyColumn unit;
  private final SliceReader slices;

  private double[] forecast = new double[0];
  private double y;
  private double w;
  private long key;

  /**
   * A reader of rows.
   *
   * @param columns in the order above
   */
  public NumberReader(RowSpec rows, NumberForm form, List<Expression> columns) {
    this.rows = rows;
    this.form = form;
    this.columns = columns;
    int parts = form.columns();
    boolean isArray = form.isArray();
    numbers =
        isArray ? List.of() : columns.subList(0, parts).stream().map(NumberColumn::new).toList();
    array = isArray ? new PredictionColumn(columns.get(0)) : null;
    label = new NumberColumn(columns.get(parts));
    int next = parts + 1;
    weight = rows.isWeighted() ? new NumberColumn(columns.get(next++)) : null;
    unit = rows.unit() == null ? null : new KeyColumn(columns.get(next++));
    slices = new SliceReader(columns.subList(next, columns.size()));
  }

  /** Says that the rows to come are those of a batch, each told by {@link #slices}. */
  public void startBatch(ColumnarBatch batch) {
    numbers.forEach(column -> column.startBatch(batch));
    if (array != null) {
      array.startBatch(batch);
    }
    label.startBatch(batch);
    if (weight != null) {
      weight.startBatch(batch);
    }
    if (unit != null) {
      unit.startBatch(batch);
    }
    slices.startBatch(batch);
  }

  /** Where it is, and the slices there. */
  public SliceReader slices() {
    return slices;
  }

  /** The forecast of the row that was read last, which may be used again for the next. */
  public double[] forecast() {
    return forecast;
  }

  /** The number that came true. */
  public double y() {
    return y;
  }

  /** The weight; 1 without weights. */
  public double weight() {
    return w;
  }

  /** The hash of the key of a bootstrap; 0 without one. */
  public long key() {
    return key;
  }

  /**
   * Reads a row.
   *
   * @return why the row is not to be evaluated; null when it is
   */
  public InputCheck read(InternalRow row) {
    slices.startRow(row);
    y = label.read(row);
    w = weight == null ? 1 : weight.read(row);
    boolean isWeightNull = weight != null && weight.isNull();
    if (!isWeightNull && w == 0) {
      return InputCheck.ZERO_WEIGHT;
    }
    InputCheck fault = readForecast(row);
    if (fault != null) {
      return fault;
    }
    if (label.isNull()) {
      return InputCheck.NULL_LABEL;
    }
    boolean isFinite = Double.isFinite(y);
    for (double number : forecast) {
      isFinite &= Double.isFinite(number);
    }
    if (!isFinite) {
      return InputCheck.NAN;
    }
    if (isWeightNull) {
      return InputCheck.NULL_WEIGHT;
    }
    if (!(w > 0 && w < Double.POSITIVE_INFINITY)) {
      return InputCheck.INVALID_WEIGHT;
    }
    if (!WeightRange.ALL.contains(w)) {
      return InputCheck.WEIGHT_OUT_OF_RANGE;
    }
    key = unit == null ? 0 : unit.hash(row);
    return null;
  }

  private InputCheck readForecast(InternalRow row) {
    int length = array == null ? numbers.size() : 0;
    if (array != null) {
      if (!array.read(row)) {
        return InputCheck.NULL_PREDICTION;
      }
      length = array.length();
    }
    if (length == 0) {
      return InputCheck.EMPTY_PREDICTION;
    }
    if (form.length() > 0 && length != form.length()) {
      return InputCheck.LENGTH_MISMATCH;
    }
    if (forecast.length != length) {
      forecast = new double[length];
    }
    for (int i = 0; i < length; i++) {
      forecast[i] = array == null ? numbers.get(i).read(row) : array.get(i);
      if (array == null && numbers.get(i).isNull()) {
        return InputCheck.NULL_PREDICTION;
      }
    }
    return null;
  }

  /** What to tell of the row that was read last, whose fault the policy does not let pass. */
  public InvalidRowException failure(InputCheck fault) {
    return new InvalidRowException(
        fault,
        0,
        problem(fault) + ", in the row " + told(),
        "to leave such rows out and count them: " + form.remedy().formatted(fault));
  }

  /** What to tell of a forecast that none of its kind can be. */
  public EvaluationException impossible(String problem) {
    return new EvaluationException(
        problem + ", in the row " + told() + "; leave such rows out of the table");
  }

  private String problem(InputCheck fault) {
    String the = "column '%s': the %s".formatted(rows.predictions(), form.noun());
    return switch (fault) {
      case NULL_PREDICTION -> the + " is NULL or holds a NULL";
      case EMPTY_PREDICTION -> the + " is an empty array";
      case LENGTH_MISMATCH -> the + " does not hold " + form.length() + " numbers";
      case NULL_LABEL, LABEL_OUT_OF_RANGE ->
          "column '" + rows.label() + "': " + fault.description();
      case NULL_WEIGHT, INVALID_WEIGHT -> "column '" + rows.weight() + "': " + fault.description();
      case WEIGHT_OUT_OF_RANGE ->
          "column '%s': %s: %s"
              .formatted(rows.weight(), fault.description(), WeightRange.ALL.told(w));
      default ->
          "column '%s' or '%s': a number is not finite".formatted(rows.predictions(), rows.label());
    };
  }

  /** The values of the columns in the row that was read last. */
  private String told() {
    return columns.stream()
        .map(column -> column.eval(slices.row()))
        .map(
            value ->
                value instanceof ArrayData array
                    ? Arrays.toString(array.toObjectArray(DataTypes.DoubleType))
                    : SliceLabel.value(value == null ? null : value.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
