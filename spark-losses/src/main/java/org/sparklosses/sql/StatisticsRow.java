// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.kernel.RowStatistics;

/**
 * Row statistics as a SQL struct. Its label is the one given, even where that is no class index, so
 * that each function can judge it; the statistics of the label are then undefined.
 *
 * <p>Until Spark copies it, it holds the statistics as they are, so that any number of functions
 * share them.
 */
final class StatisticsRow extends GenericInternalRow {

  private static final long serialVersionUID = 1;

  private static final int LABEL = 1;

  static final StructType TYPE =
      DataTypes.createStructType(
          List.of(
              field("classes", DataTypes.IntegerType),
              DataTypes.createStructField("label", DataTypes.IntegerType, true),
              field("max", DataTypes.DoubleType),
              field("runner_up", DataTypes.DoubleType),
              field("min", DataTypes.DoubleType),
              field("argmax", DataTypes.IntegerType),
              field("label_logit", DataTypes.DoubleType),
              field("label_rank", DataTypes.IntegerType),
              field("sum_exp", DataTypes.DoubleType),
              field("sum_exp_squares", DataTypes.DoubleType),
              field("sum_shifted_exp", DataTypes.DoubleType),
              field("sum", DataTypes.DoubleType),
              field("sum_squares", DataTypes.DoubleType),
              field("sum_squares_others", DataTypes.DoubleType),
              field("nans", DataTypes.IntegerType),
              field("positive_infinities", DataTypes.IntegerType),
              field("negative_infinities", DataTypes.IntegerType)));

  private final transient RowStatistics statistics;
  private final boolean isLabelNull;
  private final boolean isLabelClass;

  /**
   * The struct of a row.
   *
   * @param statistics with the label as given
   * @param isLabelNull whether there is none
   */
  StatisticsRow(RowStatistics statistics, boolean isLabelNull) {
    super((Object[]) null);
    this.statistics = statistics;
    this.isLabelNull = isLabelNull;
    int label = statistics.label();
    isLabelClass = !isLabelNull && label >= 0 && label < statistics.classes();
  }

  /** The row as such, or what a copy of it holds. */
  static StatisticsRow of(InternalRow row) {
    return row instanceof StatisticsRow same
        ? same
        : new StatisticsRow(read(row), row.isNullAt(LABEL));
  }

  RowStatistics statistics() {
    return statistics;
  }

  boolean isLabelNull() {
    return isLabelNull;
  }

  /** Whether the label is a class that has a logit. */
  boolean isLabelClass() {
    return isLabelClass;
  }

  @Override
  public int numFields() {
    return TYPE.length();
  }

  @Override
  public Object genericGet(int field) {
    return switch (field) {
      case 0 -> statistics.classes();
      case LABEL -> isLabelNull ? null : (Object) statistics.label();
      case 2 -> statistics.max();
      case 3 -> statistics.runnerUp();
      case 4 -> statistics.min();
      case 5 -> statistics.argmax();
      case 6 -> statistics.labelLogit();
      case 7 -> statistics.labelRank();
      case 8 -> statistics.sumExp();
      case 9 -> statistics.sumExpSquares();
      case 10 -> statistics.sumShiftedExp();
      case 11 -> statistics.sum();
      case 12 -> statistics.sumSquares();
      case 13 -> statistics.sumSquaresOthers();
      case 14 -> statistics.nans();
      case 15 -> statistics.positiveInfinities();
      case 16 -> statistics.negativeInfinities();
      default -> throw new IndexOutOfBoundsException(field);
    };
  }

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  private static RowStatistics read(InternalRow row) {
    return new RowStatistics(
        row.getInt(0),
        row.isNullAt(LABEL) ? RowStatistics.NO_LABEL : row.getInt(LABEL),
        row.getDouble(2),
        row.getDouble(3),
        row.getDouble(4),
        row.getInt(5),
        row.getDouble(6),
        row.getInt(7),
        row.getDouble(8),
        row.getDouble(9),
        row.getDouble(10),
        row.getDouble(11),
        row.getDouble(12),
        row.getDouble(13),
        row.getInt(14),
        row.getInt(15),
        row.getInt(16));
  }
}
