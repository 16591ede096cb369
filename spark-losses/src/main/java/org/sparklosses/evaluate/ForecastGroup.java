package org.sparklosses.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.sparklosses.metric.ExactSums;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.regression.ForecastState;

/** The ledger and the state of the forecasts of one slice. */
final class ForecastGroup {

  private long seen;
  private long evaluated;
  private ExactSums weight = new ExactSums(1);
  private final Map<InputCheck, Long> counts = new EnumMap<>(InputCheck.class);
  private final ForecastState state;

  ForecastGroup(ForecastState state) {
    this.state = state;
  }

  void addUnused(InputCheck check) {
    seen++;
    counts.merge(check, 1L, Long::sum);
  }

  /** Adds a forecast; what was found of it may be null. */
  void add(double[] forecast, double y, double w, InputCheck finding) {
    seen++;
    evaluated++;
    if (finding != null) {
      counts.merge(finding, 1L, Long::sum);
    }
    weight.add(0, w);
    state.add(forecast, y, w);
  }

  void merge(ForecastGroup other) {
    seen += other.seen;
    evaluated += other.evaluated;
    weight.merge(other.weight);
    other.counts.forEach((check, count) -> counts.merge(check, count, Long::sum));
    state.merge(other.state);
  }

  SliceResult result(Map<String, String> slice) {
    Ledger ledger = new Ledger(seen, evaluated, weight.value(0), counts);
    return new SliceResult(slice, ledger, state.metrics());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeLong(evaluated);
    weight.write(out);
    out.writeInt(counts.size());
    for (Map.Entry<InputCheck, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
    state.write(out);
  }

  void read(DataInput in) throws IOException {
    seen = in.readLong();
    evaluated = in.readLong();
    weight = ExactSums.read(in);
    int checks = in.readInt();
    for (int i = 0; i < checks; i++) {
      counts.put(InputCheck.valueOf(in.readUTF()), in.readLong());
    }
    state.read(in);
  }
}
