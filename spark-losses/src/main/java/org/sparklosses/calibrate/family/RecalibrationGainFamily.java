// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.family;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.function.Parameter;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;

/** What a calibrator that is fitted to the rows takes off their log loss. */
public final class RecalibrationGainFamily implements MetricFamily {

  /** For the service loader. */
  public RecalibrationGainFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "recalibration_gain",
                "of two classes, the log loss that a calibrator fitted to these very rows takes"
                    + " away, before less after: what is to be had, and a little of chance. Of a"
                    + " table of the logits in 2,048 cells, with weights divided by their mean; of"
                    + " other numbers of classes NaN",
                settings ->
                    Reading.of(new LogitTable(), state -> gain(state, settings.text("method"))))
            .ideal(0)
            .from("Berta et al. 2025, arXiv:2501.19195")
            .with(
                Parameter.choice(
                    "method",
                    ClassCalibrators.namesOfTwo(),
                    "the calibrator; a state that keeps this metric fits any of them")));
  }

  private static Outcome gain(LogitTable.State state, String method) {
    if (state.cells().rows() == 0) {
      return Outcome.of(values(Double.NaN, Double.NaN));
    }
    ClassFit fit = ClassCalibrators.fit(method, BinaryTable.ofMeanWeightOne(state.cells()));
    return Outcome.of(values(fit.lossBefore(), fit.lossAfter()));
  }

  private static Map<String, Double> values(double before, double after) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("value", before - after);
    values.put("before", before);
    values.put("after", after);
    return values;
  }
}
