// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.GateOutcome;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.ClassTable;
import org.sparklosses.metric.ConfidenceInterval;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.Ledger;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.ReliabilityTable;

/**
 * The result as JSON.
 *
 * <p>{@code {"version": 1, "settings": {...}, "classes": K, "class_names": [...] where they have
 * some, "overall": SLICE, "slices": [SLICE, ...]}} with SLICE {@code {"slice": {column: value},
 * "rows": {"seen", "evaluated", "sum_weight"}, "ledger": {check: rows}, "metrics": [{"name",
 * "params", "value" or "values", "intervals": {part: INTERVAL}, "reliability", "classes", "tables":
 * [{"name", "columns", "rows"}]}]}}, of a slice also what its table on the page tells before the
 * metrics, as {@code "share"}, and INTERVAL {@code {"low", "high", "level", "standard_error"}},
 * which bins of "reliability" have too, by the name "interval". Where gates were checked there are
 * {@code "gates": [{"gate", "violated", "violations": [{"slice", "value"}]}]}. Numbers have all
 * their digits; NaN and the infinities are the strings {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}.
 */
public final class JsonReport {

  /** The version of the format. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private JsonReport() {}

  /** The JSON text, which takes some 30 kB for each slice: see {@link #write}. */
  public static String of(EvaluationResult result) {
    return text(out -> write(result, out));
  }

  /** Writes to a writer. */
  @FunctionalInterface
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /** What is written, as text. */
  static String text(Content content) {
    StringWriter text = new StringWriter();
    try {
      content.writeTo(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Writes the JSON text, slice by slice. */
  public static void write(EvaluationResult result, Writer out) throws IOException {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("version", VERSION);
    root.put("settings", result.settings());
    root.put("classes", result.classes());
    if (!result.classNames().isEmpty()) {
      root.put("class_names", result.classNames());
    }
    root.put("overall", slice(result.overall()));
    root.put(
        "slices", result.slices().stream().map(slice -> slice(slice, result.overall())).iterator());
    if (!result.gates().isEmpty()) {
      root.put("gates", result.gates().stream().map(JsonReport::gate).toList());
    }
    write(root, out);
  }

  /** Writes maps, lists, numbers and texts; what an iterator gives is made as it is written. */
  static void write(Map<String, Object> root, Writer out) throws IOException {
    MAPPER.writeValue(out, root);
    out.write("\n");
    out.flush();
  }

  private static Map<String, Object> slice(SliceResult slice, SliceResult all) {
    Map<String, Object> json = slice(slice);
    // The number of rows is among others there, by the same name.
    SliceColumn.ALL.forEach(
        column -> json.putIfAbsent(column.name(), number(column.number(slice, all))));
    return json;
  }

  static Map<String, Object> slice(SliceResult slice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("slice", slice.slice());
    json.put("rows", rows(slice.ledger()));
    json.put("ledger", findings(slice.ledger()));
    json.put("metrics", slice.metrics().stream().map(JsonReport::metric).toList());
    return json;
  }

  private static Map<String, Object> rows(Ledger ledger) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seen", ledger.rowsSeen());
    json.put("evaluated", ledger.rowsEvaluated());
    json.put("sum_weight", number(ledger.sumWeight()));
    return json;
  }

  private static Map<String, Object> findings(Ledger ledger) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (InputCheck check : InputCheck.values()) {
      json.put(check.name().toLowerCase(Locale.ROOT), ledger.count(check));
    }
    return json;
  }

  private static Map<String, Object> metric(MetricResult metric) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", metric.name());
    json.put("params", metric.parameters());
    if (metric.values().size() == 1) {
      json.put("value", number(metric.value()));
    } else {
      Map<String, Object> parts = new LinkedHashMap<>();
      metric.values().forEach((part, value) -> parts.put(part, number(value)));
      json.put("values", parts);
    }
    if (!metric.intervals().isEmpty()) {
      Map<String, Object> intervals = new LinkedHashMap<>();
      metric.intervals().forEach((part, interval) -> intervals.put(part, interval(interval)));
      json.put("intervals", intervals);
    }
    metric.reliability().ifPresent(table -> json.put("reliability", reliability(table)));
    metric.classes().ifPresent(table -> json.put("classes", classes(table)));
    if (!metric.numbers().isEmpty()) {
      json.put("tables", metric.numbers().stream().map(JsonReport::numbers).toList());
    }
    return json;
  }

  private static Map<String, Object> numbers(NumberTable table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", table.name());
    json.put("columns", table.columns());
    json.put(
        "rows",
        table.rows().stream().map(row -> row.stream().map(JsonReport::number).toList()).toList());
    return json;
  }

  private static Map<String, Object> reliability(ReliabilityTable table) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source", table.source());
    json.put("side", table.side());
    json.put("bins", table.bins().stream().map(JsonReport::bin).toList());
    return json;
  }

  private static Map<String, Object> bin(ReliabilityTable.Bin bin) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("lower", number(bin.lower()));
    json.put("upper", number(bin.upper()));
    json.put("count", bin.count());
    json.put("sum_weight", number(bin.sumWeight()));
    json.put("mean_predicted", number(bin.meanPredicted()));
    json.put("mean_observed", number(bin.meanObserved()));
    json.put("band_deviation", number(bin.bandDeviation()));
    bin.interval().ifPresent(interval -> json.put("interval", interval(interval)));
    return json;
  }

  private static List<Map<String, Object>> classes(ClassTable table) {
    return table.classes().stream().map(JsonReport::entry).toList();
  }

  private static Map<String, Object> entry(ClassTable.Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", entry.label());
    json.put("support", entry.support());
    json.put("sum_weight", number(entry.sumWeight()));
    json.put("prevalence", number(entry.prevalence()));
    json.put("mean_predicted", number(entry.meanPredicted()));
    json.put("recall", number(entry.recall()));
    json.put("calibration_error", number(entry.calibrationError()));
    return json;
  }

  private static Map<String, Object> interval(ConfidenceInterval interval) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("low", number(interval.low()));
    json.put("high", number(interval.high()));
    json.put("level", number(interval.level()));
    json.put("standard_error", number(interval.standardError()));
    return json;
  }

  private static Map<String, Object> gate(GateOutcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gate", outcome.gate().text());
    json.put("violated", outcome.isViolated());
    json.put(
        "violations",
        outcome.violations().stream()
            .map(
                violation -> {
                  Map<String, Object> where = new LinkedHashMap<>();
                  where.put("slice", violation.slice());
                  where.put("value", number(violation.value()));
                  return where;
                })
            .toList());
    return json;
  }

  private static Object number(Number x) {
    return x instanceof Double fraction ? number(fraction.doubleValue()) : x;
  }

  static Object number(double x) {
    return Double.isFinite(x) ? (Object) x : Double.toString(x);
  }
}
