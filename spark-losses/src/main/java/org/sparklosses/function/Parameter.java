// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A parameter of a function: a column, which has a value of its own in each row, or a setting,
 * which is fixed for the query.
 *
 * @param name as SQL calls it
 * @param type what it holds
 * @param column whether it is a column
 * @param required whether it must be given; columns always are
 * @param defaultValue of a setting that is not given; null when it is required or when its absence
 *     has a meaning of its own
 * @param range the values that a setting may take
 * @param meaning one line for the reader
 */
public record Parameter(
    String name,
    ParameterType type,
    boolean column,
    boolean required,
    Object defaultValue,
    Range range,
    String meaning) {

  /** The column {@code logits}. */
  public static Parameter logits() {
    return column(
        "logits",
        ParameterType.LOGITS,
        "unnormalised scores, one a class; one alone is a class that is certain: of two classes"
            + " with one logit z a row give array(0, z)");
  }

  /** The column {@code label}. */
  public static Parameter label() {
    return column("label", ParameterType.LABEL, "the class index, from 0; -100 gives NULL");
  }

  /** The column {@code target}. */
  public static Parameter target() {
    return column(
        "target",
        ParameterType.TARGET,
        "the class index, from 0 (-100 gives NULL), or a soft label with one number a class");
  }

  /** A column. */
  public static Parameter column(String name, ParameterType type, String meaning) {
    return new Parameter(name, type, true, true, null, Range.any(), meaning);
  }

  /** A setting with a default, null where its absence has a meaning. */
  public static Parameter setting(
      String name, ParameterType type, Object defaultValue, Range range, String meaning) {
    return new Parameter(name, type, false, false, defaultValue, range, meaning);
  }

  /** A setting without a default. */
  public static Parameter required(String name, ParameterType type, Range range, String meaning) {
    return new Parameter(name, type, false, true, null, range, meaning);
  }

  /** A number with a default. */
  public static Parameter number(String name, double defaultValue, Range range, String meaning) {
    return setting(name, ParameterType.DOUBLE, defaultValue, range, meaning);
  }

  /** A whole number with a default. */
  public static Parameter integer(String name, int defaultValue, Range range, String meaning) {
    return setting(name, ParameterType.INT, defaultValue, range, meaning);
  }

  /** A number that may be left unset. */
  public static Parameter optionalNumber(String name, Range range, String meaning) {
    return setting(name, ParameterType.DOUBLE, null, range, meaning);
  }

  /** A whole number that may be left unset. */
  public static Parameter optionalInteger(String name, Range range, String meaning) {
    return setting(name, ParameterType.INT, null, range, meaning);
  }

  /** A truth value with a default. */
  public static Parameter flag(String name, boolean defaultValue, String meaning) {
    return setting(name, ParameterType.BOOLEAN, defaultValue, Range.any(), meaning);
  }

  /** One of a few words, the first by default. */
  public static Parameter choice(String name, List<String> words, String meaning) {
    return setting(name, ParameterType.STRING, words.get(0), Range.oneOf(words), meaning);
  }

  /** The setting {@code weight}: one factor a class, 1 without it. */
  public static Parameter classWeights() {
    return setting(
        "weight", ParameterType.ARRAY, null, Range.any(), "one factor a class; none by default");
  }

  /** The setting {@code ignore_index}. */
  public static Parameter ignoreIndex() {
    return integer(
        RowFunction.IGNORE_INDEX,
        RowFunction.DEFAULT_IGNORE_INDEX,
        Range.any(),
        "the label whose rows give NULL");
  }

  /** {@code name TYPE} or {@code name TYPE = default}. */
  public String signature() {
    String declared = name + " " + type.sql();
    if (required) {
      return declared;
    }
    if (defaultValue == null) {
      return declared + " = NULL";
    }
    return declared
        + " = "
        + (type == ParameterType.STRING ? "'" + defaultValue + "'" : defaultValue);
  }

  /** Whether a setting may be left unset. */
  boolean isOptional() {
    return !required && defaultValue == null;
  }

  /** What may be given: {@code a number in [0, inf)}, {@code l1 | l2}. */
  public String allowed() {
    if (range.text().isEmpty()) {
      return type.phrase();
    }
    return type == ParameterType.STRING ? range.text() : type.phrase() + " " + range.text();
  }

  /** As {@link #allowed}, where values are written as text. */
  public String allowedText() {
    boolean isArray = type == ParameterType.ARRAY || type == ParameterType.NULLABLE_ARRAY;
    return allowed()
        + (isArray ? ", written 1;2;3" : "")
        + (isOptional() ? ", or " + ParameterText.NONE : "");
  }

  /**
   * The value of a setting that a text stands for, in the form that {@link Settings} holds.
   *
   * @param owner what it is a parameter of, for messages
   * @param text see {@link ParameterText}
   * @return null where the text is {@value ParameterText#NONE} and the setting may be left unset
   * @throws IllegalArgumentException when it has the wrong type or lies outside the range
   */
  public Object parse(String owner, String text) {
    if (isOptional() && ParameterText.isNone(text)) {
      return null;
    }
    return checked(owner, text, convert(ParameterText.parse(type, text)), allowedText());
  }

  /**
   * The setting's value in the form that {@link Settings} holds: Double, Integer, Boolean, String
   * or, for an array, an unmodifiable List of Double.
   *
   * @param given a Number, Boolean, String, List of Number, double[] or float[]
   * @throws IllegalArgumentException when it has the wrong type or lies outside the range
   */
  Object valueOf(String owner, Object given) {
    return checked(owner, given, convert(given), allowed());
  }

  /** Refuses a value of the wrong type, which is null here, or outside the range. */
  private Object checked(String owner, Object given, Object value, String allowed) {
    if (value == null) {
      List<Double> numbers = doubles(given, true);
      throw ParameterErrors.notAllowed(owner, name, numbers == null ? given : numbers, allowed);
    }
    if (value instanceof List<?> entries) {
      for (int i = 0; i < entries.size(); i++) {
        Object entry = entries.get(i);
        if (entry != null && !range.allowed().test(entry)) {
          throw ParameterErrors.notAllowed(owner, name + "[" + i + "]", entry, allowed);
        }
      }
    } else if (!range.allowed().test(value)) {
      throw ParameterErrors.notAllowed(owner, name, value, allowed);
    }
    return value;
  }

  private Object convert(Object given) {
    return switch (type) {
      case DOUBLE -> given instanceof Number x ? (Object) x.doubleValue() : null;
      case INT -> wholeNumber(given);
      case BOOLEAN -> given instanceof Boolean ? given : null;
      case STRING -> given instanceof String ? given : null;
      case ARRAY -> doubles(given, false);
      case NULLABLE_ARRAY -> doubles(given, true);
      case LOGITS, LABEL, TARGET, MATRIX -> null;
    };
  }

  private static Object wholeNumber(Object given) {
    if (!(given instanceof Number x)) {
      return null;
    }
    double value = x.doubleValue();
    return value == (int) value ? (Object) (int) value : null;
  }

  private static List<Double> doubles(Object given, boolean nullable) {
    List<Double> values = new ArrayList<>();
    if (given instanceof double[] array) {
      for (double x : array) {
        values.add(x);
      }
    } else if (given instanceof float[] array) {
      for (float x : array) {
        values.add((double) x);
      }
    } else if (given instanceof List<?> list) {
      for (Object x : list) {
        if (x == null && nullable) {
          values.add(null);
        } else if (x instanceof Number number) {
          values.add(number.doubleValue());
        } else {
          return null;
        }
      }
    } else {
      return null;
    }
    return Collections.unmodifiableList(values);
  }
}
