// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.table.ClassCount;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowReader;

/**
 * The pairs of score and outcome of the rows of a partition, with the rows' weights: a metric has
 * one series, or several. A row with a fault has none; which faults may occur the first pass over
 * the table has decided.
 */
final class ScorePairs implements FlatMapFunction<Iterator<InternalRow>, Row>, Serializable {

  static final StructType SCHEMA =
      new StructType()
          .add("series", DataTypes.IntegerType, false)
          .add("key", DataTypes.LongType, false)
          .add("outcome", DataTypes.DoubleType, false)
          .add("weight", DataTypes.DoubleType, false);

  private static final long serialVersionUID = 1L;

  private final PredictionSpec spec;
  private final ScanSeries scans;
  private final ArrayList<Expression> columns = new ArrayList<>();

  /**
   * The pairs of scans.
   *
   * @param spec of a known number of classes
   * @param schema the columns that {@link RowReader} reads
   */
  ScorePairs(PredictionSpec spec, ScanSeries scans, StructType schema) {
    this.spec = spec;
    this.scans = scans;
    for (int i = 0; i < schema.size(); i++) {
      columns.add(new BoundReference(i, schema.apply(i).dataType(), schema.apply(i).nullable()));
    }
  }

  @Override
  public Iterator<Row> call(Iterator<InternalRow> rows) {
    RowReader reader = new RowReader(spec, columns);
    ClassCount classes = ClassCount.of(spec.classes());
    return new Iterator<>() {
      private Iterator<Row> pairs = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        while (!pairs.hasNext() && rows.hasNext()) {
          pairs = pairs(rows.next());
        }
        return pairs.hasNext();
      }

      @Override
      public Row next() {
        return pairs.next();
      }

      private Iterator<Row> pairs(InternalRow row) {
        List<Row> found = new ArrayList<>();
        if (reader.read(row, classes) == null) {
          double weight = reader.row().weight();
          for (int i = 0; i < scans.scans().size(); i++) {
            int first = scans.first(i);
            scans
                .scans()
                .get(i)
                .pairs(
                    reader.row(),
                    (one, score, outcome) ->
                        found.add(RowFactory.create(first + one, key(score), outcome, weight)));
          }
        }
        return found.iterator();
      }
    };
  }

  /** A whole number in whose order scores are. */
  static long key(double score) {
    long bits = Double.doubleToRawLongBits(score + 0.0);
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }

  /** The score of a key. */
  static double score(long key) {
    return Double.longBitsToDouble(key < 0 ? key ^ Long.MAX_VALUE : key);
  }
}
