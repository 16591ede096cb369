// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.score.DeLong;
import org.sparklosses.score.Placements;

/** The sums of {@link DeLong#terms} over the rows of a group, negative ones first. */
final class AucGroup implements RowGroup<AucGroup> {

  private final List<Placements> placements;
  private final double[] centred;
  private final int terms;
  private ExactSums sums;

  /**
   * @param placements of each model, in the distribution of the group's rows
   */
  AucGroup(List<Placements> placements) {
    this.placements = placements;
    centred = new double[placements.size()];
    terms = DeLong.termCount(centred.length);
    sums = new ExactSums(2 * terms);
  }

  @Override
  public void add(PredictionRow[] models) {
    boolean isPositive = models[0].label() == 1;
    for (int m = 0; m < centred.length; m++) {
      int model = m;
      ComparisonSpec.POSITIVE
          .source()
          .tell(
              models[m],
              (series, score, outcome) ->
                  centred[model] = placements.get(model).centred(score, outcome > 0));
    }
    double[] row = DeLong.terms(centred, models[0].weight());
    for (int t = 0; t < terms; t++) {
      sums.add((isPositive ? terms : 0) + t, row[t]);
    }
  }

  @Override
  public void addUnused(InputCheck check) {
    // The first pass counted it.
  }

  @Override
  public void merge(AucGroup other) {
    sums.merge(other.sums);
  }

  /** The AUCs and their covariance. */
  DeLong deLong() {
    return DeLong.of(placements, values(terms), values(0));
  }

  private double[] values(int from) {
    double[] values = new double[terms];
    for (int t = 0; t < terms; t++) {
      values[t] = sums.value(from + t);
    }
    return values;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(sums.size(), in);
  }
}
