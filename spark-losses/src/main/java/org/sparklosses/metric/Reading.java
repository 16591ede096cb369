// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.sparklosses.score.Atoms;

/**
 * How a metric is had from a state.
 *
 * @param needs what the state must keep
 * @param outcome the pure function that reads it
 * @param scale what becomes of the only need, where that is a mean and the metric proportional to
 *     it
 * @param bounded how sure the first part is, where that is known off the same state without
 *     resampling and the metric is no such mean
 * @param curved how the metric follows from the only need, where that is a mean and the metric an
 *     increasing function of it
 */
public record Reading(
    List<Need> needs,
    Function<MetricState, Outcome> outcome,
    Optional<Scale> scale,
    Optional<Bounded> bounded,
    Optional<Curved> curved) {

  /** Copies the list. */
  public Reading {
    needs = List.copyOf(needs);
  }

  /** Any function of a state. */
  public Reading(List<Need> needs, Function<MetricState, Outcome> outcome) {
    this(needs, outcome, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same with what is known of how sure the first part is. */
  public Reading with(Bounded estimate) {
    return new Reading(needs, outcome, scale, Optional.of(estimate), curved);
  }

  /** The same as an increasing function of a mean. */
  public Reading with(Curved function) {
    return new Reading(needs, outcome, scale, bounded, Optional.of(function));
  }

  /** The same with a further need. */
  public Reading withNeed(Need need) {
    List<Need> more = new ArrayList<>(needs);
    more.add(need);
    return new Reading(more, outcome, scale, bounded, curved);
  }

  /** What becomes of a mean, given the number of classes: a multiple of it. */
  @FunctionalInterface
  public interface Scale {
    double apply(double mean, int classes);
  }

  /**
   * An estimate between two bounds.
   *
   * @param low the lower bound
   * @param high the upper bound
   * @param standardError off the state, rows being taken as independent
   */
  public record Bounded(double low, double high, ToDoubleFunction<MetricState> standardError) {}

  /**
   * An increasing function of a mean.
   *
   * @param value of the mean
   * @param slope its derivative there
   */
  public record Curved(DoubleUnaryOperator value, DoubleUnaryOperator slope) {}

  /** A mean over rows. */
  public static Reading mean(String name, RowScalar scalar) {
    return mean(name, scalar, (mean, classes) -> mean);
  }

  /** A mean over rows that is scaled afterwards. */
  public static Reading mean(String name, RowScalar scalar, Scale scale) {
    Mean mean = new Mean(name, scalar);
    return new Reading(
        List.of(mean),
        state -> Outcome.value(scale.apply(state.mean(mean), state.classes())),
        Optional.of(scale),
        Optional.empty(),
        Optional.empty());
  }

  /** A function of several means, given in the same order. */
  public static Reading means(List<Mean> means, Function<double[], Map<String, Double>> values) {
    return new Reading(
        List.copyOf(means),
        state -> Outcome.of(values.apply(means.stream().mapToDouble(state::mean).toArray())));
  }

  /** Off one component. */
  public static <S extends ComponentState<S>> Reading of(
      Component<S> component, Function<S, Outcome> outcome) {
    return new Reading(List.of(component), state -> outcome.apply(state.get(component)));
  }

  /** Off the distribution of a source of one series. */
  public static Reading atoms(ScoreSource source, Function<Atoms, Map<String, Double>> values) {
    return of(new Scores(source), scores -> Outcome.of(values.apply(scores.atoms(0))));
  }

  /** Off the bins of a source of one series, with its reliability table. */
  public static Reading bins(Binned bins, Function<BinTable, Map<String, Double>> values) {
    return of(bins, state -> binned(state.table(0), bins.source(), values.apply(state.table(0))));
  }

  /** Off bins of equal mass of a source of one series, with their reliability table. */
  public static Reading massBins(
      ScoreSource source, int bins, Function<BinTable, Map<String, Double>> values) {
    return of(
        new Scores(source),
        scores -> {
          BinTable table = BinTable.ofEqualMass(scores.atoms(0), bins);
          return binned(table, source, values.apply(table));
        });
  }

  private static Outcome binned(BinTable table, ScoreSource source, Map<String, Double> values) {
    return Outcome.of(values, table.reliability(source.name()));
  }
}
