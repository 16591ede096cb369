// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparklosses.metric.MetricSpec;

/**
 * A condition under which a model is not to be released: {@code [slice(column, ...):]
 * metric[.part][.figure] operator number}, as {@code log_loss > 0.4}, {@code ece.ci_high > 0.05} or
 * {@code slice(country): accuracy < 0.8}.
 *
 * <p>The metric is {@code name} or {@code name(parameter=value, ...)}; a part is one of those that
 * a metric of several gives, by default the first; the figure is {@code value} (the default),
 * {@code ci_low}, {@code ci_high} or {@code se}; the operator is {@code <}, {@code <=}, {@code >}
 * or {@code >=}. A figure that is NaN violates the gate, and so does a slice declaration without
 * any value: what is not known is not known to be good. A value that was read off cells and is
 * known within bounds violates the gate if one of them does.
 *
 * @param text as it was written
 * @param slice the columns of the slice declaration whose every value is checked; none for all rows
 * @param metric the metric
 * @param part the part of the metric; empty for the first
 * @param figure what of it is compared
 * @param operator how
 * @param bound with what
 */
public record Gate(
    String text,
    List<String> slice,
    MetricSpec metric,
    String part,
    Figure figure,
    Operator operator,
    double bound) {

  private static final Pattern FORM =
      Pattern.compile(
          "\\s*(?:slice\\s*\\(([^()]*)\\)\\s*:)?\\s*(\\w+\\s*(?:\\([^()]*\\))?)\\s*((?:\\.\\w+)*)"
              + "\\s*(<=|>=|<|>)\\s*(\\S+)\\s*");

  /** A number of a metric. */
  public enum Figure {
    /** The value itself. */
    VALUE,
    /** The lower end of its interval. */
    CI_LOW,
    /** The upper end of its interval. */
    CI_HIGH,
    /** Its standard error. */
    SE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Figure> named(String name) {
      return Arrays.stream(values()).filter(f -> f.toString().equals(name)).findFirst();
    }
  }

  /** How a figure is compared with the bound. */
  public enum Operator {
    /** Less. */
    LESS("<"),
    /** Less or equal. */
    AT_MOST("<="),
    /** More. */
    MORE(">"),
    /** More or equal. */
    AT_LEAST(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    @Override
    public String toString() {
      return symbol;
    }

    /** Whether it holds of small numbers. */
    boolean isDownward() {
      return this == LESS || this == AT_MOST;
    }

    boolean holds(double a, double b) {
      return switch (this) {
        case LESS -> a < b;
        case AT_MOST -> a <= b;
        case MORE -> a > b;
        case AT_LEAST -> a >= b;
      };
    }
  }

  /** Copies the list. */
  public Gate {
    slice = List.copyOf(slice);
  }

  /**
   * Reads the text form. Whether there is such a metric is told by what is evaluated: {@link
   * Evaluation#forGate} and that of forecasts.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Gate parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw malformed(text);
    }
    MetricSpec metric = MetricSpec.parse(form.group(2));
    List<String> names = new ArrayList<>(split(form.group(3), "\\."));
    Figure figure = Figure.VALUE;
    if (!names.isEmpty() && Figure.named(names.get(names.size() - 1)).isPresent()) {
      figure = Figure.named(names.remove(names.size() - 1)).get();
    }
    if (names.size() > 1) {
      throw malformed(text);
    }
    String part = names.isEmpty() ? "" : names.get(0);
    return new Gate(
        text.strip(),
        form.group(1) == null ? List.of() : columns(text, form.group(1)),
        metric,
        part,
        figure,
        operator(form.group(4)),
        number(text, form.group(5)));
  }

  private static List<String> split(String list, String separator) {
    return Arrays.stream(list.split(separator))
        .map(String::strip)
        .filter(s -> !s.isEmpty())
        .toList();
  }

  private static List<String> columns(String text, String list) {
    List<String> columns = split(list, ",");
    if (columns.isEmpty()) {
      throw malformed(text);
    }
    return columns;
  }

  private static Operator operator(String symbol) {
    return Arrays.stream(Operator.values())
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

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "gate '%s' is not of the form [slice(column, ...):] metric[.part][.value|.ci_low|.ci_high|.se]"
                .formatted(text)
            + " <|<=|>|>= number, as in 'ece.ci_high > 0.05'");
  }

  /** What is compared: {@code metric[.part][.figure]}. */
  public String subject() {
    return metric + (part.isEmpty() ? "" : "." + part) + (needsInterval() ? "." + figure : "");
  }

  /** Whether the figure takes an interval. */
  public boolean needsInterval() {
    return figure != Figure.VALUE;
  }
}
