// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.Metrics;
import org.sparklosses.metric.ScoreScan;

/** The series of scores of several metrics that scans give, numbered through. */
final class ScanSeries implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ArrayList<MetricSpec> metrics;

  /** The first series of each metric, and the number of all. */
  private final int[] first;

  /** Bound on first use: functions do not travel. */
  private transient List<ScoreScan> scans;

  ScanSeries(List<MetricSpec> metrics, int classes) {
    this.metrics = new ArrayList<>(metrics);
    first = new int[metrics.size() + 1];
    for (int m = 0; m < metrics.size(); m++) {
      first[m + 1] = Math.addExact(first[m], scans().get(m).source().series().of(classes));
    }
  }

  /** The scan of each metric. */
  List<ScoreScan> scans() {
    if (scans == null) {
      scans = metrics.stream().map(m -> Metrics.bind(m).scan().orElseThrow()).toList();
    }
    return scans;
  }

  /** The first series of a metric; of the last plus one, the number of all. */
  int first(int metric) {
    return first[metric];
  }

  /** The scan of a series. */
  ScoreScan scan(int series) {
    int metric = 0;
    while (first[metric + 1] <= series) {
      metric++;
    }
    return scans().get(metric);
  }
}
