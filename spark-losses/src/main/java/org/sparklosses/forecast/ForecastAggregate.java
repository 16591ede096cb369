// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.NumberReader;
import org.sparklosses.table.ScanAggregate;
import org.sparklosses.table.TableScan;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The aggregate function behind {@link ForecastEvaluation}: all metrics of all slices in one pass.
 * Its children are the columns that {@link NumberReader} reads; its value is the state as bytes.
 */
final class ForecastAggregate extends ScanAggregate<GroupBuffer<ForecastGroup>> {

  private static final long serialVersionUID = 1L;

  private final ForecastSpec spec;

  /** Per task: made from the above on first use. */
  private transient NumberReader reader;

  /** A function of columns. */
  ForecastAggregate(ForecastSpec spec, List<Expression> children) {
    this(spec, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  /**
   * The function of whatever columns. Made here, so that {@link ForecastEvaluation} can be linked
   * where there is no Catalyst, and say so: on a client of Spark Connect.
   */
  static TableScan.Definition<GroupBuffer<ForecastGroup>> definition(ForecastSpec spec) {
    return (kernels, columns) -> new ForecastAggregate(spec, columns);
  }

  private ForecastAggregate(
      ForecastSpec spec, Seq<Expression> children, int mutableOffset, int inputOffset) {
    super(spec, null, children, mutableOffset, inputOffset);
    this.spec = spec;
  }

  private NumberReader reader() {
    if (reader == null) {
      reader = new NumberReader(spec.rows(), spec.form(), columns());
    }
    return reader;
  }

  @Override
  public void startBatch(ColumnarBatch batch) {
    reader().startBatch(batch);
  }

  @Override
  public void moveTo(int row) {
    reader().slices().moveTo(row);
  }

  @Override
  public GroupBuffer<ForecastGroup> createAggregationBuffer() {
    return spec.newGroups();
  }

  @Override
  public GroupBuffer<ForecastGroup> update(GroupBuffer<ForecastGroup> buffer, InternalRow input) {
    NumberReader row = reader();
    InputCheck check = row.read(input);
    if (check == null) {
      double[] forecast = row.forecast();
      spec.kind()
          .problem(forecast)
          .ifPresent(
              problem -> {
                throw row.impossible(problem);
              });
      InputCheck finding = spec.kind().crosses(forecast) ? InputCheck.CROSSING_QUANTILES : null;
      buffer.forEachOf(
          row.slices(), group -> group.add(forecast, row.y(), row.weight(), row.key(), finding));
    } else if (spec.rows().refuses(check)) {
      throw row.failure(check);
    } else {
      buffer.forEachOf(row.slices(), group -> group.addUnused(check));
    }
    return buffer;
  }

  @Override
  public String prettyName() {
    return "forecast_state";
  }

  @Override
  public ForecastAggregate copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new ForecastAggregate(spec, newChildren, mutableOffset, inputOffset);
  }
}
