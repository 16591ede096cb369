package org.sparklosses.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A parameter of a metric.
 *
 * @param name as it is written
 * @param kind what it takes
 * @param defaultValue an Integer, a Double, a list of Double, a Boolean or a String; {@link #NONE}
 *     for a parameter that may be left unset
 * @param least the least value of a number
 * @param greatest the greatest value of a number
 * @param choices the values of a flag or a choice
 */
public record MetricParameter(
    String name,
    Kind kind,
    Object defaultValue,
    double least,
    double greatest,
    List<String> choices) {

  /** The text of an optional parameter that is not set. */
  public static final String NONE = "none";

  /** What a parameter takes. */
  public enum Kind {
    /** A whole number. */
    INTEGER,
    /** A number. */
    NUMBER,
    /** Numbers, written {@code 1;2;3}. */
    NUMBERS,
    /** {@code true} or {@code false}. */
    FLAG,
    /** One of a few words. */
    CHOICE
  }

  /** A whole number in a range, ends included. */
  public static MetricParameter integer(String name, int defaultValue, int least, int greatest) {
    return new MetricParameter(name, Kind.INTEGER, defaultValue, least, greatest, List.of());
  }

  /** As {@link #integer}, not set unless given. */
  public static MetricParameter optionalInteger(String name, int least, int greatest) {
    return new MetricParameter(name, Kind.INTEGER, NONE, least, greatest, List.of());
  }

  /** A number in a range, ends included. */
  public static MetricParameter number(
      String name, double defaultValue, double least, double greatest) {
    return new MetricParameter(name, Kind.NUMBER, defaultValue, least, greatest, List.of());
  }

  /** As {@link #number}, not set unless given. */
  public static MetricParameter optionalNumber(String name, double least, double greatest) {
    return new MetricParameter(name, Kind.NUMBER, NONE, least, greatest, List.of());
  }

  /** Numbers in a range, ends included. */
  public static MetricParameter numbers(
      String name, List<Double> defaultValue, double least, double greatest) {
    return new MetricParameter(name, Kind.NUMBERS, defaultValue, least, greatest, List.of());
  }

  /** False unless given. */
  public static MetricParameter flag(String name) {
    return flag(name, false);
  }

  /** A truth value. */
  public static MetricParameter flag(String name, boolean defaultValue) {
    return new MetricParameter(name, Kind.FLAG, defaultValue, 0, 0, List.of("true", "false"));
  }

  /** The first choice is the default. */
  public static MetricParameter choice(String name, String... choices) {
    return new MetricParameter(name, Kind.CHOICE, choices[0], 0, 0, List.of(choices));
  }

  /** Whether it may be left unset. */
  public boolean isOptional() {
    return kind != Kind.CHOICE && NONE.equals(defaultValue);
  }

  /** What may be given, for a message or a help text. */
  public String range() {
    String range =
        switch (kind) {
          case INTEGER -> "an integer in [" + (long) least + ", " + (long) greatest + "]";
          case NUMBER -> "a number in [" + least + ", " + greatest + "]";
          case NUMBERS -> "numbers in [" + least + ", " + greatest + "], written 1;2;3";
          case FLAG, CHOICE -> String.join("|", choices);
        };
    return isOptional() ? range + " or " + NONE : range;
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException if the parameter cannot take it
   */
  Object parse(String metric, String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    if (isOptional() && value.equals(NONE)) {
      return NONE;
    }
    try {
      switch (kind) {
        case INTEGER -> {
          int number = Integer.parseInt(value);
          if (isInRange(number)) {
            return number;
          }
        }
        case NUMBER -> {
          double number = Double.parseDouble(value);
          if (isInRange(number)) {
            return number;
          }
        }
        case NUMBERS -> {
          List<Double> numbers = Arrays.stream(value.split(";", -1)).map(Double::valueOf).toList();
          if (numbers.stream().allMatch(this::isInRange)) {
            return numbers;
          }
        }
        case FLAG, CHOICE -> {
          if (choices.contains(value)) {
            return kind == Kind.FLAG ? Boolean.valueOf(value) : (Object) value;
          }
        }
      }
    } catch (NumberFormatException e) {
      // Rejected below, as a number out of range is.
    }
    throw new IllegalArgumentException(
        "metric '%s': parameter '%s' is %s, got '%s'".formatted(metric, name, range(), text));
  }

  private boolean isInRange(double number) {
    return number >= least && number <= greatest;
  }
}
