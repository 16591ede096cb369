// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Map;
import org.sparklosses.evaluate.IntervalSettings;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.Findings;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.regression.ForecastState;

/**
 * The ledger and the state of the forecasts of one slice.
 *
 * <p>Layout when written: {@code long seen, long evaluated}, {@link ExactSums} of w, {@link
 * Findings}, {@link ForecastState}, {@link ForecastSpread}.
 */
final class ForecastGroup implements Mergeable<ForecastGroup> {

  private long seen;
  private long evaluated;
  private ExactSums weight = new ExactSums(1);
  private final Findings findings = new Findings();
  private final ForecastState state;
  private final ForecastSpread spread;

  ForecastGroup(ForecastState state, IntervalSettings intervals) {
    this.state = state;
    spread = new ForecastSpread(intervals, state.means().size());
  }

  void addUnused(InputCheck check) {
    seen++;
    findings.add(check, 1);
  }

  /** Adds a forecast of a unit that is told by its hash; what was found of it may be null. */
  void add(double[] forecast, double y, double w, long key, InputCheck finding) {
    seen++;
    evaluated++;
    if (finding != null) {
      findings.add(finding, 1);
    }
    weight.add(0, w);
    spread.add(key, w, state.add(forecast, y, w));
  }

  @Override
  public void merge(ForecastGroup other) {
    seen += other.seen;
    evaluated += other.evaluated;
    weight.merge(other.weight);
    findings.merge(other.findings);
    state.merge(other.state);
    spread.merge(other.spread);
  }

  /** What was read. */
  Ledger ledger() {
    return new Ledger(seen, evaluated, weight.value(0), findings.counts());
  }

  /**
   * The metrics.
   *
   * @param intervals of the bootstrap that the group was made for, or without one
   */
  SliceResult result(Map<String, String> slice, IntervalSettings intervals) {
    return new SliceResult(slice, ledger(), spread.metrics(intervals, state, evaluated));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeLong(evaluated);
    weight.write(out);
    findings.write(out);
    state.write(out);
    spread.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    seen = in.readLong();
    evaluated = in.readLong();
    if (evaluated < 0 || evaluated > seen) {
      throw new StreamCorruptedException("%d rows of %d rows seen".formatted(evaluated, seen));
    }
    weight = ExactSums.read(1, in);
    findings.read(in);
    state.read(in);
    spread.read(in);
  }
}
