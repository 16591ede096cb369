// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.StateBytes;

/**
 * What an evaluation of forecasts keeps of a table, as bytes that can be stored, merged with others
 * later and asked for metrics: one state an hour gives any span of hours, exactly as if its rows
 * were evaluated at once, with slices and intervals if the evaluation has them. Made by {@link
 * ForecastEvaluation#state}.
 *
 * <pre>{@code
 * byte[] stored = evaluation.state(hour).toBytes();
 * EvaluationResult day =
 *     ForecastEvaluationState.of(stored).merge(ForecastEvaluationState.of(other)).result();
 * }</pre>
 *
 * <p>The bytes are framed as those of {@link org.sparklosses.evaluate.EvaluationState} are: magic
 * number, layout, version of the library, {@link #declaration}, state, length and a checksum. Of a
 * layout that is not read, truncated or damaged they are refused, and each length in them is
 * checked before anything is allocated of it. A state keeps no rows. Its size does not depend on
 * their number:
 *
 * <ul>
 *   <li>a mean: 64 bytes as a rule, at most 544, as much again twice for standard errors, and 256
 *       times for a bootstrap;
 *   <li>normal forecasts: also 15 kB for the probability integral transform, and up to 320 bytes
 *       for each of at most 10,000 distinct standard deviations.
 * </ul>
 *
 * <p>Replicates, seed and level are no part of the bytes: intervals are read off a state with those
 * that are set on it.
 *
 * <p>Immutable: every method returns a new state.
 */
public final class ForecastEvaluationState {

  private final ForecastSpec spec;
  private final GroupBuffer<ForecastGroup> groups;

  /**
   * A state.
   *
   * @param groups not to be changed any more
   */
  ForecastEvaluationState(ForecastSpec spec, GroupBuffer<ForecastGroup> groups) {
    this.spec = spec;
    this.groups = groups;
  }

  /**
   * The state that bytes hold.
   *
   * @throws IllegalArgumentException if they hold none, one that is not of forecasts or of a layout
   *     that is too old or too new, or are damaged
   */
  public static ForecastEvaluationState of(byte[] bytes) {
    StateBytes stored = StateBytes.of(bytes);
    ForecastSpec spec = ForecastDeclaration.spec(stored.declaration());
    GroupBuffer<ForecastGroup> groups = spec.newGroups();
    try (DataInputStream in = stored.open()) {
      groups.read(in);
      if (in.available() > 0) {
        throw new StreamCorruptedException(in.available() + " bytes too many");
      }
      if (groups.classes() != 0) {
        throw new StreamCorruptedException(groups.classes() + " classes, of numbers");
      }
    } catch (IOException e) {
      String problem = e instanceof EOFException ? "it ends too early" : e.getMessage();
      throw new IllegalArgumentException(
          "the state is not laid out as one of %s: %s".formatted(stored.declaration(), problem), e);
    }
    return new ForecastEvaluationState(spec, groups);
  }

  /** The state as bytes. */
  public byte[] toBytes() {
    return StateBytes.of(declaration(), groups::write);
  }

  /**
   * The state of the rows of both; replicates, seed and level are those of this.
   *
   * @throws IllegalArgumentException if they are not of the same declaration
   */
  public ForecastEvaluationState merge(ForecastEvaluationState other) {
    List<String> here = new ArrayList<>(declaration());
    List<String> there = new ArrayList<>(other.declaration());
    if (!here.equals(there)) {
      here.removeAll(other.declaration());
      there.removeAll(declaration());
      throw new IllegalArgumentException(
          "states of different forecasts, weights, intervals or slices cannot be merged: one is of"
              + " %s, the other of %s".formatted(here, there));
    }
    ForecastSpec merged = spec.withRows(rows -> rows.withSliceLimit(Integer.MAX_VALUE));
    GroupBuffer<ForecastGroup> all = merged.newGroups();
    all.merge(groups);
    all.merge(other.groups);
    return new ForecastEvaluationState(merged, all);
  }

  /** What it is a state of: lines of {@code key=value}. */
  public List<String> declaration() {
    return ForecastDeclaration.of(spec);
  }

  /** The replicates of the bootstrap, at least 2; 200 unless said otherwise. */
  public ForecastEvaluationState replicates(int replicates) {
    return with(spec.intervals().withReplicates(replicates));
  }

  /** The seed of the bootstrap; 42 unless said otherwise. */
  public ForecastEvaluationState seed(long seed) {
    return with(spec.intervals().withSeed(seed));
  }

  /** The probability that intervals are to cover, in (0, 1); 0.95 unless said otherwise. */
  public ForecastEvaluationState level(double level) {
    return with(spec.intervals().withLevel(level));
  }

  private ForecastEvaluationState with(IntervalSettings intervals) {
    return new ForecastEvaluationState(spec.withIntervals(intervals), groups);
  }

  /** What was read. */
  public Ledger ledger() {
    return merged().ledger();
  }

  private ForecastGroup merged() {
    return groups.merged(spec.newGroup());
  }

  /**
   * The metrics, over all rows and by slice: those that {@link ForecastEvaluation#run(Dataset)}
   * gives of the rows. Its settings tell what the declaration does.
   */
  public EvaluationResult result() {
    List<SliceResult> slices = new ArrayList<>();
    for (int d = 0; d < spec.rows().slices().size(); d++) {
      List<String> columns = spec.rows().slices().get(d);
      groups
          .sorted(d)
          .forEach((key, group) -> slices.add(group.result(key.named(columns), spec.intervals())));
    }
    return new EvaluationResult(
        ForecastDeclaration.settings(spec),
        0,
        merged().result(Map.of(), spec.intervals()),
        List.copyOf(slices));
  }
}
