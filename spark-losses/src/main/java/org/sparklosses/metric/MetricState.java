// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.kernel.PartialSums;

/**
 * Everything that one pass over a group of rows keeps of them for the metrics of a plan. Exact:
 * states of any partitioning of the same rows, merged in any order, give the same bits.
 *
 * <p>Layout when written: the {@link SharedSums}, the sums of the means, the state of each
 * component.
 */
public final class MetricState implements Component.Kept, Mergeable<MetricState> {

  /** Fewer rows are faster added one by one. */
  private static final int FEW_ROWS = 3;

  private static final PredictionBlock.Attachment<PartialSums> PARTS = PartialSums::new;

  private final MetricPlan plan;
  private final SharedSums shared;
  private final RowScalar[] scalars;
  private final MeanSummands summandsOfMeans;
  private ExactSums means;
  private final ComponentState<?>[] states;

  /** The state of no rows. */
  public MetricState(MetricPlan plan) {
    this.plan = plan;
    shared = new SharedSums(plan.weighted());
    shared.setMeans(plan.means().size());
    scalars = plan.means().stream().map(Mean::scalar).toArray(RowScalar[]::new);
    summandsOfMeans = new MeanSummands(plan.means(), plan.weighted());
    means = new ExactSums(scalars.length);
    states = new ComponentState<?>[plan.components().size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = plan.components().get(i).newState(shared);
    }
  }

  /** Counts a row that is not evaluated, by what was found. */
  public void addUnused(InputCheck check) {
    shared.addUnused(check);
  }

  /** Adds a row without fault. All rows have the same number of classes. */
  public void add(PredictionRow row) {
    shared.add(row);
    double w = row.weight();
    double[] summands = shared.summands();
    for (int i = 0; i < scalars.length; i++) {
      double x = scalars[i].of(row);
      double wx = shared.isWeighted() ? w * x : x;
      means.add(i, wx);
      summands[i] = wx;
    }
    for (ComponentState<?> state : states) {
      state.add(row);
    }
  }

  /** Adds the rows [from, to) of a block: the same as adding each. */
  public void add(PredictionBlock block, int from, int to) {
    if (to - from < FEW_ROWS) {
      for (int r = from; r < to; r++) {
        add(block.row(r));
      }
      return;
    }
    shared.add(block, from, to);
    double[][] summands = block.attached(summandsOfMeans);
    PartialSums parts = block.attached(PARTS);
    for (int i = 0; i < summands.length; i++) {
      means.addAll(i, summands[i], from, to, block.columns(), parts);
    }
    for (ComponentState<?> state : states) {
      state.add(block, summands, from, to);
    }
  }

  /**
   * Adds the rows of another state of the same plan.
   *
   * @throws IllegalArgumentException if the other has rows of another number of classes
   */
  @Override
  public void merge(MetricState other) {
    shared.merge(other.shared);
    means.merge(other.means);
    for (int i = 0; i < states.length; i++) {
      merge(states[i], other.states[i]);
    }
  }

  // States of the same place in states of the same plan are of the same type.
  @SuppressWarnings("unchecked")
  private static <S extends ComponentState<S>> void merge(
      ComponentState<S> state, ComponentState<?> other) {
    state.merge((S) other);
  }

  /** Makes the sum of a mean this one. */
  void setMean(int i, double sum) {
    means.add(i, sum);
  }

  @Override
  public SharedSums shared() {
    return shared;
  }

  @Override
  public List<Component<?>> components() {
    return plan.components();
  }

  /** The number of classes; 0 before the first row. */
  public int classes() {
    return shared.classes();
  }

  /** What was read. */
  public Ledger ledger() {
    return shared.ledger();
  }

  /** Whether it keeps what is needed, or what that follows from. */
  public boolean has(Need need) {
    return need instanceof Mean mean
        ? plan.means().contains(mean)
        : find((Component<?>) need).isPresent();
  }

  /** The weighted mean over all rows; NaN without rows. */
  public double mean(Mean mean) {
    int i = plan.means().indexOf(mean);
    if (i < 0) {
      throw lacking(mean.name());
    }
    return means.value(i) / shared.weight();
  }

  @Override
  public <S extends ComponentState<S>> S get(Component<S> component) {
    return find(component).orElseThrow(() -> lacking(component.toString()));
  }

  private <S extends ComponentState<S>> Optional<S> find(Component<S> component) {
    Optional<S> kept = kept(component);
    return kept.isPresent() ? kept : component.derivedFrom(this);
  }

  // Equal components have states of the same type.
  @Override
  @SuppressWarnings("unchecked")
  public <S extends ComponentState<S>> Optional<S> kept(Component<S> component) {
    int i = plan.components().indexOf(component);
    return i < 0 ? Optional.empty() : Optional.of((S) states[i]);
  }

  private IllegalArgumentException lacking(String what) {
    return new IllegalArgumentException(
        "the state keeps no %s; it keeps %s"
            .formatted(
                what, List.of(plan.means().stream().map(Mean::name).toList(), plan.components())));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    shared.write(out);
    means.write(out);
    for (ComponentState<?> state : states) {
      state.write(out);
    }
  }

  /**
   * Reads a state of the same plan.
   *
   * @throws IOException if it is none
   */
  public static MetricState read(MetricPlan plan, DataInput in) throws IOException {
    MetricState state = new MetricState(plan);
    state.read(in);
    return state;
  }

  @Override
  public void read(DataInput in) throws IOException {
    shared.read(in);
    means = ExactSums.read(scalars.length, in);
    for (ComponentState<?> part : states) {
      part.read(in);
    }
  }
}
