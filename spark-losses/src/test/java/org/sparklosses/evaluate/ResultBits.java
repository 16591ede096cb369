// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.metric.ClassTable;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.ReliabilityTable;
import org.sparklosses.metric.Table;

/** The bits of all numbers in a result, by what they are. */
public final class ResultBits {

  private final Map<String, Long> bits = new LinkedHashMap<>();

  private ResultBits() {}

  /** All rows and all slices. */
  public static Map<String, Long> of(EvaluationResult result) {
    ResultBits all = new ResultBits();
    all.add(result.overall());
    result.slices().forEach(all::add);
    return all.bits;
  }

  /** All rows, or one slice. */
  public static Map<String, Long> of(SliceResult result) {
    ResultBits all = new ResultBits();
    all.add(result);
    return all.bits;
  }

  private void add(SliceResult slice) {
    String name = slice.slice() + " ";
    put(name + "rows seen", (double) slice.ledger().rowsSeen());
    put(name + "rows evaluated", (double) slice.ledger().rowsEvaluated());
    put(name + "weight", slice.ledger().sumWeight());
    slice.metrics().forEach(metric -> add(name + metric.name() + metric.parameters(), metric));
  }

  private void add(String name, MetricResult metric) {
    metric.values().forEach((part, value) -> put(name + " " + part, value));
    metric.intervals().forEach((part, interval) -> add(name + " " + part, interval));
    for (int t = 0; t < metric.tables().size(); t++) {
      add(name + " table " + t, metric.tables().get(t));
    }
  }

  private void add(String name, ConfidenceInterval interval) {
    put(name + " low", interval.low());
    put(name + " high", interval.high());
    put(name + " level", interval.level());
    put(name + " standard error", interval.standardError());
  }

  private void add(String name, Table table) {
    if (table instanceof ReliabilityTable reliability) {
      List<ReliabilityTable.Bin> bins = reliability.bins();
      for (int b = 0; b < bins.size(); b++) {
        add(name + " bin " + b, bins.get(b));
      }
    } else if (table instanceof ClassTable classes) {
      classes.classes().forEach(entry -> add(name + " class " + entry.label(), entry));
    } else if (table instanceof NumberTable numbers) {
      for (int r = 0; r < numbers.rows().size(); r++) {
        for (int c = 0; c < numbers.columns().size(); c++) {
          put(name + " " + numbers.columns().get(c) + " " + r, numbers.rows().get(r).get(c));
        }
      }
    }
  }

  private void add(String name, ReliabilityTable.Bin bin) {
    put(name + " lower", bin.lower());
    put(name + " upper", bin.upper());
    put(name + " count", (double) bin.count());
    put(name + " weight", bin.sumWeight());
    put(name + " predicted", bin.meanPredicted());
    put(name + " observed", bin.meanObserved());
    put(name + " band", bin.bandDeviation());
    bin.interval().ifPresent(interval -> add(name, interval));
  }

  private void add(String name, ClassTable.Entry entry) {
    put(name + " support", (double) entry.support());
    put(name + " weight", entry.sumWeight());
    put(name + " prevalence", entry.prevalence());
    put(name + " predicted", entry.meanPredicted());
    put(name + " recall", entry.recall());
    put(name + " error", entry.calibrationError());
  }

  private void put(String name, double number) {
    if (bits.put(name, Double.doubleToRawLongBits(number)) != null) {
      throw new IllegalStateException("two numbers are named " + name);
    }
  }
}
