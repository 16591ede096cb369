// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.sparklosses.conformal.ConformityScore;
import org.sparklosses.conformal.ScoreCounts;
import org.sparklosses.conformal.UniformNumber;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.KernelNames;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowReader;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The aggregate function behind {@link ConformalScans} of classes: the scores of labels. */
final class ClassScoreAggregate extends RowsAggregate<GroupBuffer<RowGroup<ScoreCounts>>> {

  private static final long serialVersionUID = 1L;

  private final Definition definition;

  /**
   * What is counted.
   *
   * @param spec what the rows are
   * @param score of a class
   * @param isByClass whether the scores of each class are counted by themselves
   * @param cells of scores
   */
  record Definition(PredictionSpec spec, ConformityScore score, boolean isByClass, ScoreCells cells)
      implements Serializable {

    private static final long serialVersionUID = 1L;
  }

  /** A function of columns. */
  ClassScoreAggregate(Definition definition, KernelNames kernels, List<Expression> children) {
    this(definition, kernels, CollectionConverters.asScala(children).toSeq(), 0, 0);
  }

  private ClassScoreAggregate(
      Definition definition,
      KernelNames kernels,
      Seq<Expression> children,
      int mutableOffset,
      int inputOffset) {
    super(definition.spec(), definition, kernels, children, mutableOffset, inputOffset);
    this.definition = definition;
  }

  @Override
  public GroupBuffer<RowGroup<ScoreCounts>> createAggregationBuffer() {
    return definition.cells().newGroups(spec().classes());
  }

  @Override
  void add(GroupBuffer<RowGroup<ScoreCounts>> buffer, RowReader rows) {
    PredictionRow row = rows.row();
    double[] p = new RowProbabilities(spec().kind()).of(row);
    double u = spec().rows().unit() == null ? 0 : UniformNumber.of(row.key());
    float score = (float) definition.score().scores(p, u)[row.label()];
    int classIndex = definition.isByClass() ? row.label() : 0;
    buffer.forEachOf(rows.slices(), group -> group.use().add(classIndex, score, row.weight()));
  }

  @Override
  void addUnused(GroupBuffer<RowGroup<ScoreCounts>> buffer, RowReader rows, InputCheck check) {
    buffer.forEachOf(rows.slices(), group -> group.addUnused(check));
  }

  @Override
  public String prettyName() {
    return "conformity_scores";
  }

  @Override
  public ClassScoreAggregate copy(Seq<Expression> newChildren, int mutableOffset, int inputOffset) {
    return new ClassScoreAggregate(definition, kernels(), newChildren, mutableOffset, inputOffset);
  }
}
