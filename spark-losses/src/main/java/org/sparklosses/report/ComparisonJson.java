// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparklosses.compare.CalibrationSignificance;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.CorrectnessSignificance;
import org.sparklosses.compare.Difference;
import org.sparklosses.compare.SliceComparison;

/**
 * A comparison as JSON.
 *
 * <p>{@code {"version": 1, "settings": {...}, "models": [name, ...], "classes": K, "level": 0.95,
 * "keys": {"matched", "only_first", "only_second"}, "overall": SLICE, "slices": [SLICE, ...],
 * "miscalibrated": [{"slice": {column: value}, "model": name}]}}. A SLICE is {@code {"slice":
 * {column: value}, "models": {name: EVALUATION}, "differences": [...], "mcnemar": [...],
 * "calibration": [...]}}, an EVALUATION what {@link JsonReport} writes of a slice. There are {@code
 * keys} only of two tables. Numbers have all their digits; NaN and the infinities are strings.
 */
public final class ComparisonJson {

  /** The version of the format. */
  public static final int VERSION = 1;

  private ComparisonJson() {}

  /** The JSON text: see {@link #write}. */
  public static String of(ComparisonResult result) {
    return JsonReport.text(out -> write(result, out));
  }

  /** Writes the JSON text, slice by slice. */
  public static void write(ComparisonResult result, Writer out) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", VERSION);
    root.put("settings", result.settings());
    root.put("models", result.models());
    root.put("classes", result.classes());
    root.put("level", result.level());
    result
        .keys()
        .ifPresent(
            keys -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("matched", keys.matched());
              json.put("only_first", keys.onlyFirst());
              json.put("only_second", keys.onlySecond());
              root.put("keys", json);
            });
    root.put("overall", slice(result, result.overall()));
    root.put("slices", result.slices().stream().map(slice -> slice(result, slice)).iterator());
    root.put(
        "miscalibrated",
        result.miscalibrated().stream()
            .map(
                found -> {
                  Map<String, Object> json = new LinkedHashMap<>();
                  json.put("slice", found.slice().slice());
                  json.put("model", found.test().model());
                  return json;
                })
            .toList());
    JsonReport.write(root, out);
  }

  private static Map<String, Object> slice(ComparisonResult result, SliceComparison slice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("slice", slice.slice());
    Map<String, Object> models = new LinkedHashMap<>();
    for (int m = 0; m < slice.models().size(); m++) {
      models.put(result.models().get(m), JsonReport.slice(slice.models().get(m)));
    }
    json.put("models", models);
    json.put("differences", slice.differences().stream().map(ComparisonJson::json).toList());
    json.put("mcnemar", slice.correctness().stream().map(ComparisonJson::json).toList());
    json.put("calibration", slice.calibration().stream().map(ComparisonJson::json).toList());
    return json;
  }

  private static Map<String, Object> json(Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("metric", difference.metric());
    json.put("model", difference.model());
    json.put("larger_is_better", difference.isLargerBetter());
    Labels.ideal(difference).ifPresent(ideal -> json.put("ideal", ideal.name()));
    json.put("baseline", JsonReport.number(difference.baseline()));
    json.put("value", JsonReport.number(difference.value()));
    json.put("difference", JsonReport.number(difference.difference()));
    json.put("standard_error", JsonReport.number(difference.standardError()));
    json.put(
        "interval",
        List.of(
            JsonReport.number(difference.interval().low()),
            JsonReport.number(difference.interval().high())));
    json.put("test", difference.test().name().toLowerCase(Locale.ROOT));
    pValues(json, difference.pValue(), difference.holm(), difference.benjaminiHochberg());
    return json;
  }

  private static Map<String, Object> json(CorrectnessSignificance test) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", test.model());
    json.put("only_baseline_right", test.mcNemar().onlyFirst());
    json.put("only_model_right", test.mcNemar().onlySecond());
    json.put("p_exact", JsonReport.number(test.mcNemar().pExact()));
    json.put("chi2", JsonReport.number(test.mcNemar().chiSquare()));
    json.put("p_chi2", JsonReport.number(test.mcNemar().pChiSquare()));
    pValues(json, test.pValue(), test.holm(), test.benjaminiHochberg());
    return json;
  }

  private static Map<String, Object> json(CalibrationSignificance test) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("model", test.model());
    json.put("z", JsonReport.number(test.z()));
    json.put("p_z", JsonReport.number(test.zPValue()));
    json.put("chi2", JsonReport.number(test.chiSquare().statistic()));
    json.put("degrees", test.chiSquare().degrees());
    json.put("p_chi2", JsonReport.number(test.chiSquare().pValue()));
    pValues(json, test.pValue(), test.holm(), test.benjaminiHochberg());
    return json;
  }

  private static void pValues(Map<String, Object> json, double p, double holm, double bh) {
    json.put("p_value", JsonReport.number(p));
    json.put("p_holm", JsonReport.number(holm));
    json.put("p_benjamini_hochberg", JsonReport.number(bh));
  }
}
