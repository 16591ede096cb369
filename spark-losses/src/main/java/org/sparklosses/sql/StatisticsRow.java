package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.kernel.RowStatistics;

/**
 * Row statistics as a SQL struct. Its label is the one given, even where that is no class index, so
 * that each function can judge it; the statistics of the label are then undefined.
 */
final class StatisticsRow {

  static final int CLASSES = 0;
  static final int LABEL = 1;

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

  private static final int FIELDS = TYPE.length();
  private static final int BYTES = UnsafeRow.calculateBitSetWidthInBytes(FIELDS) + 8 * FIELDS;

  private StatisticsRow() {}

  private static StructField field(String name, DataType type) {
    return DataTypes.createStructField(name, type, false);
  }

  /**
   * The struct of a row.
   *
   * @param label as given; nothing where it is NULL
   */
  static UnsafeRow write(RowStatistics s, boolean labelIsNull, int label) {
    UnsafeRow row = new UnsafeRow(FIELDS);
    row.pointTo(new byte[BYTES], BYTES);
    row.setInt(CLASSES, s.classes());
    if (labelIsNull) {
      row.setNullAt(LABEL);
    } else {
      row.setInt(LABEL, label);
    }
    row.setDouble(2, s.max());
    row.setDouble(3, s.runnerUp());
    row.setDouble(4, s.min());
    row.setInt(5, s.argmax());
    row.setDouble(6, s.labelLogit());
    row.setInt(7, s.labelRank());
    row.setDouble(8, s.sumExp());
    row.setDouble(9, s.sumExpSquares());
    row.setDouble(10, s.sumShiftedExp());
    row.setDouble(11, s.sum());
    row.setDouble(12, s.sumSquares());
    row.setDouble(13, s.sumSquaresOthers());
    row.setInt(14, s.nans());
    row.setInt(15, s.positiveInfinities());
    row.setInt(16, s.negativeInfinities());
    return row;
  }

  static RowStatistics read(InternalRow row) {
    return new RowStatistics(
        row.getInt(CLASSES),
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
