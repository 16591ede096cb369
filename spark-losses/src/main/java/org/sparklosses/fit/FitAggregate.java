// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import org.sparklosses.calibrate.multiclass.RowSums;
import org.sparklosses.calibrate.multiclass.SumsAt;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.KernelNames;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.ScanAggregate;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind {@link CalibrationRows}: the sums of one scan. Its children are the
 * columns that {@link RowReader} reads.
 *
 * @param <S> the sums
 */
final class FitAggregate<S extends RowSums<S>> extends ScanAggregate<FitBuffer<S>> {

  private static final long serialVersionUID = 1L;

  private final PredictionSpec spec;
  private final SumsAt<S> sums;
  private final boolean hasFolds;

  /** Per task: made from the above on first use. */
  private transient RowReader reader;

  private transient FoldReader folds;

  /**
   * A function of columns.
   *
   * @param hasFolds whether the last column tells the fold of a row
   */
  FitAggregate(
      PredictionSpec spec,
      SumsAt<S> sums,
      boolean hasFolds,
      KernelNames kernels,
      List<Expression> children) {
    this(spec, sums, hasFolds, kernels, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  private FitAggregate(
      PredictionSpec spec,
      SumsAt<S> sums,
      boolean hasFolds,
      KernelNames kernels,
      Seq<Expression> children,
      int mutableOffset,
      int inputOffset) {
    super(sums, kernels, children, mutableOffset, inputOffset);
    this.spec = spec;
    this.sums = sums;
    this.hasFolds = hasFolds;
  }

  private RowReader reader() {
    if (reader == null) {
      tellKernel();
      reader = new RowReader(spec, columns());
      folds = hasFolds ? new FoldReader(columns().get(columns().size() - 1)) : null;
    }
    return reader;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
    if (hasFolds) {
      folds.startBatch(batch);
    }
  }

  @Override
  public void moveTo(int row) {
    reader().moveTo(row);
  }

  @Override
  public FitBuffer<S> createAggregationBuffer() {
    return new FitBuffer<>(spec.rows().predictions(), spec.classes(), sums.empty());
  }

  @Override
  public FitBuffer<S> update(FitBuffer<S> buffer, InternalRow input) {
    RowReader rows = reader();
    InputCheck check = rows.read(input, buffer);
    if (check == null) {
      PredictionRow row = rows.row();
      double[] l = row.logits();
      LogProbabilities.ofLogits(l);
      if (hasFolds && folds.hasFold(input)) {
        buffer.add(l, row.label(), row.weight(), folds.fold());
      } else {
        buffer.add(l, row.label(), row.weight());
      }
    } else if (spec.rows().refuses(check)) {
      throw rows.failure(check, buffer.classes());
    } else {
      buffer.addUnused(check);
    }
    return buffer;
  }

  @Override
  public String prettyName() {
    return "calibration_sums";
  }

  @Override
  public FitAggregate<S> copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new FitAggregate<>(
        spec, sums, hasFolds, kernels(), newChildren, mutableOffset, inputOffset);
  }
}
