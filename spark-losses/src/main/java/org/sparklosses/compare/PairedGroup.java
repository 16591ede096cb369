// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.inference.McNemar;
import org.sparklosses.inference.MeanEstimate;
import org.sparklosses.inference.Moments;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.PredictionRow;
import org.sparklosses.metric.RowScalar;

/**
 * The evaluation of every model on a group of rows, and, of every model but the first, the sums of
 * the differences d to the first row by row: wd, w^2 d and w^2 d^2 of each mean, and the rows that
 * one of both has right.
 *
 * <p>Layout when written: the state of each model, the sum of w^2 and the sums of the differences,
 * two counts of each model but the first.
 */
final class PairedGroup implements RowGroup<PairedGroup> {

  private static final int SUMS = 3;

  private final MetricPlan plan;
  private final RowScalar[] scalars;
  private final MetricState[] states;
  private final double[] baseline;
  private ExactSums sums;

  /** By model: the rows that only it has right, and those that only the first has right. */
  private final long[] discordant;

  PairedGroup(int models, MetricPlan plan, List<Mean> means) {
    this.plan = plan;
    scalars = means.stream().map(Mean::scalar).toArray(RowScalar[]::new);
    baseline = new double[scalars.length];
    states = new MetricState[models];
    Arrays.setAll(states, m -> new MetricState(plan));
    sums = new ExactSums(1 + (models - 1) * scalars.length * SUMS);
    discordant = new long[2 * models];
  }

  @Override
  public void add(PredictionRow[] models) {
    double w = models[0].weight();
    sums.add(0, w * w);
    for (int i = 0; i < scalars.length; i++) {
      baseline[i] = scalars[i].of(models[0]);
    }
    for (int m = 0; m < models.length; m++) {
      states[m].add(models[m]);
      if (m > 0) {
        addPair(m, models[0], models[m], w);
      }
    }
  }

  private void addPair(int m, PredictionRow first, PredictionRow row, double w) {
    for (int i = 0; i < scalars.length; i++) {
      double wd = w * (scalars[i].of(row) - baseline[i]);
      int at = sum(m, i);
      sums.add(at, wd);
      sums.add(at + 1, w * wd);
      sums.add(at + 2, wd * wd);
    }
    if (first.isCorrect() != row.isCorrect()) {
      discordant[2 * m + (row.isCorrect() ? 0 : 1)]++;
    }
  }

  private int sum(int model, int mean) {
    return 1 + ((model - 1) * scalars.length + mean) * SUMS;
  }

  @Override
  public void addUnused(InputCheck check) {
    for (MetricState state : states) {
      state.addUnused(check);
    }
  }

  @Override
  public void merge(PairedGroup other) {
    for (int m = 0; m < states.length; m++) {
      states[m].merge(other.states[m]);
    }
    sums.merge(other.sums);
    Arrays.setAll(discordant, i -> discordant[i] + other.discordant[i]);
  }

  /** The evaluation of a model. */
  MetricState state(int model) {
    return states[model];
  }

  /** The mean difference of a model to the first, before it is scaled. */
  MeanEstimate difference(int model, int mean) {
    int at = sum(model, mean);
    return new Moments(
            states[0].ledger().rowsEvaluated(),
            states[0].shared().weight(),
            sums.value(0),
            sums.value(at),
            sums.value(at + 1),
            sums.value(at + 2))
        .mean();
  }

  /** The test whether a model is right as often as the first; it counts rows, not weights. */
  McNemar mcNemar(int model) {
    return McNemar.of(discordant[2 * model], discordant[2 * model + 1]);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (MetricState state : states) {
      state.write(out);
    }
    sums.write(out);
    for (long count : discordant) {
      out.writeLong(count);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (int m = 0; m < states.length; m++) {
      states[m] = MetricState.read(plan, in);
    }
    sums = ExactSums.read(sums.size(), in);
    for (int i = 0; i < discordant.length; i++) {
      discordant[i] = in.readLong();
    }
  }
}
