// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.calibrate.multiclass.LogProbabilities;
import org.sparklosses.calibrate.multiclass.RowSums;
import org.sparklosses.calibrate.multiclass.SumsAt;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.KernelNames;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowReader;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind {@link CalibrationRows}: the sums of one scan.
 *
 * @param <S> the sums
 */
final class FitAggregate<S extends RowSums<S>> extends RowsAggregate<FitBuffer<S>> {

  private static final long serialVersionUID = 1L;

  private final SumsAt<S> sums;
  private final boolean hasFolds;

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
    super(spec, sums, kernels, children, mutableOffset, inputOffset);
    this.sums = sums;
    this.hasFolds = hasFolds;
  }

  private FoldReader folds() {
    if (folds == null) {
      folds = new FoldReader(columns().get(columns().size() - 1));
    }
    return folds;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    super.startBatch(batch);
    if (hasFolds) {
      folds().startBatch(batch);
    }
  }

  @Override
  public FitBuffer<S> createAggregationBuffer() {
    return new FitBuffer<>(spec().rows().predictions(), spec().classes(), sums.empty());
  }

  @Override
  void add(FitBuffer<S> buffer, RowReader rows) {
    PredictionRow row = rows.row();
    double[] l = row.logits();
    LogProbabilities.ofLogits(l);
    try {
      if (hasFolds && folds().hasFold(rows.slices().row())) {
        buffer.add(l, row.label(), row.weight(), folds().fold());
      } else {
        buffer.add(l, row.label(), row.weight());
      }
    } catch (IllegalArgumentException e) {
      throw EvaluationException.of(e);
    }
  }

  @Override
  void addUnused(FitBuffer<S> buffer, RowReader rows, InputCheck check) {
    buffer.addUnused(check);
  }

  @Override
  public String prettyName() {
    return "calibration_sums";
  }

  @Override
  public FitAggregate<S> copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new FitAggregate<>(
        spec(), sums, hasFolds, kernels(), newChildren, mutableOffset, inputOffset);
  }
}
