// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.metric.MultilabelMetrics;
import org.sparklosses.metric.MultilabelState;
import org.sparklosses.table.MergeableAggregate;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * {@code multilabel_metrics(scores, targets)}: {@link MultilabelMetrics} as a struct; NULL of no
 * rows.
 */
final class MultilabelAggregate extends MergeableAggregate<MultilabelState> {

  private static final long serialVersionUID = 1L;

  /** In the order of {@link #eval}. */
  private static final StructType METRICS =
      new StructType()
          .add("rows", DataTypes.LongType, false)
          .add("labels", DataTypes.IntegerType, false)
          .add("mean_average_precision", DataTypes.DoubleType, false)
          .add("mean_average_precision_error_bound", DataTypes.DoubleType, false)
          .add("class_precision", DataTypes.DoubleType, false)
          .add("class_recall", DataTypes.DoubleType, false)
          .add("class_f1", DataTypes.DoubleType, false)
          .add("overall_precision", DataTypes.DoubleType, false)
          .add("overall_recall", DataTypes.DoubleType, false)
          .add("overall_f1", DataTypes.DoubleType, false)
          .add("hamming_loss", DataTypes.DoubleType, false)
          .add("subset_accuracy", DataTypes.DoubleType, false);

  private final MultilabelSpec spec;

  /** Per task: made from the above on first use. */
  private transient MultilabelReader reader;

  MultilabelAggregate(MultilabelSpec spec, Expression scores, Expression targets) {
    this(spec, CollectionConverters.asScala(List.of(scores, targets)).toSeq(), 0, 0);
  }

  private MultilabelAggregate(
      MultilabelSpec spec, Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(spec, children, mutableOffset, inputOffset);
    this.spec = spec;
  }

  @Override
  public MultilabelState createAggregationBuffer() {
    return spec.newState();
  }

  @Override
  public MultilabelState update(MultilabelState state, InternalRow input) {
    if (reader == null) {
      reader = new MultilabelReader(spec, columns().get(0), columns().get(1));
    }
    reader.read(input, state);
    return state;
  }

  @Override
  public MultilabelState merge(MultilabelState state, MultilabelState other) {
    if (state.rows() > 0 && other.rows() > 0 && state.labels() != other.labels()) {
      throw MultilabelReader.differentLabels(spec, state.labels(), other.labels());
    }
    return super.merge(state, other);
  }

  @Override
  public Object eval(MultilabelState state) {
    if (state.rows() == 0) {
      return null;
    }
    MultilabelMetrics metrics = state.metrics();
    return new GenericInternalRow(
        new Object[] {
          metrics.rows(),
          metrics.labels(),
          metrics.meanAveragePrecision(),
          metrics.meanAveragePrecisionErrorBound(),
          metrics.classPrecision(),
          metrics.classRecall(),
          metrics.classF1(),
          metrics.overallPrecision(),
          metrics.overallRecall(),
          metrics.overallF1(),
          metrics.hammingLoss(),
          metrics.subsetAccuracy()
        });
  }

  @Override
  public DataType dataType() {
    return METRICS;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public String prettyName() {
    return "multilabel_metrics";
  }

  @Override
  public MultilabelAggregate copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new MultilabelAggregate(spec, newChildren, mutableOffset, inputOffset);
  }
}
