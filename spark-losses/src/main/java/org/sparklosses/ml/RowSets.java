// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.connector.catalog.functions.ScalarFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.sparklosses.conformal.PredictionSets;
import org.sparklosses.conformal.UniformNumber;
import org.sparklosses.fit.RowProbabilities;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.PredictionColumn;
import org.sparklosses.table.RowReader;

/**
 * The set of a row, of its predictions, the hash of its key and its group: none where the
 * predictions are null, hold a null, or have a fault; not randomised where the hash is null. Rows
 * are read as a fit reads them, so that scores have the same bits.
 */
final class RowSets implements ScalarFunction<Object> {

  private static final long serialVersionUID = 1L;

  private static final int PREDICTIONS = 0;
  private static final int HASH = 1;
  private static final int GROUP = 2;

  private final DataType type;
  private final InputKind kind;
  private final PredictionSets sets;
  private final int classes;

  /** Per task: made from the above on first use. */
  private transient PredictionColumn column;

  private transient PredictionRow row;

  /**
   * Sets of rows.
   *
   * @param type of the predictions, one that {@link PredictionColumn} reads
   * @param sets of probabilities
   * @param classes how many the fit had; 0 if it had no rows
   */
  RowSets(DataType type, InputKind kind, PredictionSets sets, int classes) {
    this.type = type;
    this.kind = kind;
    this.sets = sets;
    this.classes = classes;
  }

  @Override
  public DataType[] inputTypes() {
    return new DataType[] {type, DataTypes.LongType, DataTypes.StringType};
  }

  @Override
  public DataType resultType() {
    return DataTypes.createArrayType(DataTypes.IntegerType, false);
  }

  @Override
  public String name() {
    return "prediction_set";
  }

  @Override
  public Object produceResult(InternalRow arguments) {
    if (column == null) {
      column = new PredictionColumn(new BoundReference(PREDICTIONS, type, true));
      row = new PredictionRow(RowKernels.get(), RowReader.TOLERANCE, kind.isRenormalised());
    }
    if (!column.read(arguments) || column.length() == 0) {
      return null;
    }
    if (classes > 0 && column.length() != classes) {
      throw EvaluationException.of(
          new IllegalArgumentException(
              "a row has %d classes, the thresholds were fitted to %d"
                  .formatted(column.length(), classes)));
    }
    column.readInto(row, kind, RowStatistics.NO_LABEL, 1);
    if (row.fault() != null) {
      return null;
    }
    double u = arguments.isNullAt(HASH) ? 0 : UniformNumber.of(arguments.getLong(HASH));
    String group = arguments.isNullAt(GROUP) ? null : arguments.getUTF8String(GROUP).toString();
    double[] p = new RowProbabilities(kind).of(row);
    return UnsafeArrayData.fromPrimitiveArray(sets.of(p, u, group));
  }
}
