package org.sparklosses.forecast;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.Findings;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.regression.ForecastState;

/** The ledger and the state of the forecasts of one slice. */
final class ForecastGroup implements Mergeable<ForecastGroup> {

  private long seen;
  private long evaluated;
  private ExactSums weight = new ExactSums(1);
  private final Findings findings = new Findings();
  private final ForecastState state;

  ForecastGroup(ForecastState state) {
    this.state = state;
  }

  void addUnused(InputCheck check) {
    seen++;
    findings.add(check, 1);
  }

  /** Adds a forecast; what was found of it may be null. */
  void add(double[] forecast, double y, double w, InputCheck finding) {
    seen++;
    evaluated++;
    if (finding != null) {
      findings.add(finding, 1);
    }
    weight.add(0, w);
    state.add(forecast, y, w);
  }

  @Override
  public void merge(ForecastGroup other) {
    seen += other.seen;
    evaluated += other.evaluated;
    weight.merge(other.weight);
    findings.merge(other.findings);
    state.merge(other.state);
  }

  SliceResult result(Map<String, String> slice) {
    Ledger ledger = new Ledger(seen, evaluated, weight.value(0), findings.counts());
    return new SliceResult(slice, ledger, state.metrics());
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeLong(evaluated);
    weight.write(out);
    findings.write(out);
    state.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    seen = in.readLong();
    evaluated = in.readLong();
    weight = ExactSums.read(1, in);
    findings.read(in);
    state.read(in);
  }
}
