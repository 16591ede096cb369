package org.sparklosses.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparklosses.evaluate.EvaluationResult;
import org.sparklosses.evaluate.Gate;
import org.sparklosses.evaluate.GateOutcome;
import org.sparklosses.evaluate.SliceResult;
import org.sparklosses.metric.MetricResult;
import org.sparklosses.metric.MetricSpec;

/**
 * A condition under which forecasts are not to be released: {@code [slice(column, ...):]
 * metric[.part] operator number}, as {@code crps_gaussian > 0.5} or {@code slice(site):
 * pinball_loss(tau=0.9) > 2}.
 *
 * <p>The kind of the forecasts decides which metrics there are, not the catalogue that {@link
 * Gate#parse} looks into; so a metric is looked up in a result, be it one of no rows. As with any
 * gate, NaN violates it and so does a slice without values.
 *
 * @param gate what is compared with what
 */
record ForecastGate(Gate gate) {

  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(?:slice\\s*\\(([^()]*)\\)\\s*:)?\\s*(\\w+\\s*(?:\\([^()]*\\))?)\\s*(?:\\.(\\w+))?"
              + "\\s*(<=|>=|<|>)\\s*(\\S+)\\s*");

  /**
   * Reads the text form.
   *
   * @throws JobException if the text has another form
   */
  static ForecastGate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw malformed(text);
    }
    return new ForecastGate(
        new Gate(
            text.strip(),
            form.group(1) == null ? List.of() : columns(text, form.group(1)),
            MetricSpec.parse(form.group(2)),
            form.group(3) == null ? "" : form.group(3),
            Gate.Figure.VALUE,
            operator(form.group(4)),
            number(text, form.group(5))));
  }

  private static List<String> columns(String text, String list) {
    List<String> columns =
        Stream.of(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    if (columns.isEmpty()) {
      throw malformed(text);
    }
    return columns;
  }

  private static Gate.Operator operator(String symbol) {
    return Stream.of(Gate.Operator.values())
        .filter(operator -> operator.toString().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  private static double number(String text, String number) {
    try {
      double bound = Double.parseDouble(number);
      if (!Double.isNaN(bound)) {
        return bound;
      }
    } catch (NumberFormatException e) {
      throw malformed(text);
    }
    throw malformed(text);
  }

  private static JobException malformed(String text) {
    return new JobException(
        ExitCode.USAGE,
        "gate '%s' is not of the form [slice(column, ...):] metric[.part] <|<=|>|>= number, as in"
                .formatted(text)
            + " 'crps_gaussian > 0.5'");
  }

  /** The columns of the slice whose every value is checked; none for all rows. */
  List<String> slice() {
    return gate.slice();
  }

  /**
   * Where the gate is violated.
   *
   * @throws JobException if the result does not have the metric or the part
   */
  GateOutcome check(EvaluationResult result) {
    // Of no rows there are no slices: all rows tell whether there is such a figure.
    figure(result.overall());
    List<SliceResult> checked =
        slice().isEmpty()
            ? List.of(result.overall())
            : result.slices().stream()
                .filter(group -> List.copyOf(group.slice().keySet()).equals(slice()))
                .toList();
    List<GateOutcome.Violation> violations = new ArrayList<>();
    for (SliceResult group : checked) {
      double value = figure(group);
      if (Double.isNaN(value) || holds(value)) {
        violations.add(new GateOutcome.Violation(group.slice(), value));
      }
    }
    if (checked.isEmpty()) {
      violations.add(new GateOutcome.Violation(Map.of(), Double.NaN));
    }
    return new GateOutcome(gate, violations);
  }

  private boolean holds(double value) {
    return switch (gate.operator()) {
      case LESS -> value < gate.bound();
      case AT_MOST -> value <= gate.bound();
      case MORE -> value > gate.bound();
      case AT_LEAST -> value >= gate.bound();
    };
  }

  private double figure(SliceResult group) {
    MetricResult metric = metric(group.metrics());
    if (gate.part().isEmpty()) {
      return metric.value();
    }
    Double value = metric.values().get(gate.part());
    if (value == null) {
      throw new JobException(
          ExitCode.USAGE,
          "gate '%s': metric '%s' has no part '%s'; it gives %s"
              .formatted(
                  gate.text(),
                  gate.metric(),
                  gate.part(),
                  String.join(", ", metric.values().keySet())));
    }
    return value;
  }

  private MetricResult metric(List<MetricResult> metrics) {
    List<MetricResult> meant = metrics.stream().filter(this::isMeant).toList();
    if (meant.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "gate '%s': there is no metric '%s' of these forecasts; there are %s"
              .formatted(gate.text(), gate.metric(), names(metrics)));
    }
    if (meant.size() > 1) {
      // A gate on the first of several pinball losses would pass for one on all of them.
      throw new JobException(
          ExitCode.USAGE,
          "gate '%s': there are several metrics '%s'; name one of %s"
              .formatted(gate.text(), gate.metric(), names(meant)));
    }
    return meant.get(0);
  }

  private boolean isMeant(MetricResult metric) {
    return metric.name().equals(gate.metric().name())
        && gate.metric().parameters().entrySet().stream()
            .allMatch(given -> isSame(given.getValue(), metric.parameters().get(given.getKey())));
  }

  /** Whether a text stands for the value of a parameter: 0.90 for 0.9. */
  private static boolean isSame(String text, Object value) {
    if (value instanceof Number number) {
      try {
        return Double.parseDouble(text) == number.doubleValue();
      } catch (NumberFormatException e) {
        return false;
      }
    }
    return text.equals(String.valueOf(value));
  }

  private static String names(List<MetricResult> metrics) {
    return metrics.stream().map(ForecastGate::name).collect(Collectors.joining(", "));
  }

  private static String name(MetricResult metric) {
    MetricSpec spec = MetricSpec.of(metric.name());
    for (Map.Entry<String, Object> parameter : metric.parameters().entrySet()) {
      spec = spec.with(parameter.getKey(), parameter.getValue());
    }
    return spec.toString();
  }
}
