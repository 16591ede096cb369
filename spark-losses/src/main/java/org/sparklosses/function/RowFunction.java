// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The definition of a function of one row of predictions: the one place from which SQL, evaluators,
 * documentation and tests take it.
 */
public final class RowFunction {

  /** The setting that replaces {@link #DEFAULT_IGNORE_INDEX} where a function has it. */
  public static final String IGNORE_INDEX = "ignore_index";

  /** The label that says "this row has none": such a row gives NULL. */
  public static final int DEFAULT_IGNORE_INDEX = -100;

  private final Builder definition;

  private RowFunction(Builder definition) {
    this.definition = definition;
  }

  /** Begins the definition of a function by its name in snake_case. */
  public static Builder define(String name) {
    return new Builder(name);
  }

  /** The name in SQL. */
  public String name() {
    return definition.name;
  }

  /** Other names for it. */
  public List<String> aliases() {
    return definition.aliases;
  }

  /** All parameters, in the order of the signature: columns first. */
  public List<Parameter> parameters() {
    return definition.parameters;
  }

  /** The parameters that have a value of their own in each row. */
  public List<Parameter> columns() {
    return parameters().stream().filter(Parameter::column).toList();
  }

  /** The parameters that are fixed for a query. */
  public List<Parameter> settings() {
    return parameters().stream().filter(p -> !p.column()).toList();
  }

  /** The column that holds a class index or may do so. */
  public Optional<Parameter> labelColumn() {
    return columns().stream()
        .filter(p -> p.type() == ParameterType.LABEL || p.type() == ParameterType.TARGET)
        .findFirst();
  }

  /**
   * How many classes follow those of the first column: 1 where the last class has no logit of its
   * own, else 0.
   */
  public int referenceClasses() {
    return definition.referenceClasses;
  }

  /** Whether its settings leave labels without a value. */
  public boolean hasIgnoredLabels() {
    return definition.ignored != null;
  }

  /** Whether a larger value is the better one, true being larger than false. */
  public boolean isLargerBetter() {
    return definition.isLargerBetter || definition.result == ResultType.BOOLEAN;
  }

  /** The mean over rows that is the best, where neither larger nor smaller ones are better. */
  public OptionalDouble ideal() {
    return definition.ideal;
  }

  /** What it gives. */
  public ResultType result() {
    return definition.result;
  }

  /** One line: what it says of the row. */
  public String summary() {
    return definition.summary;
  }

  /** The formula, in plain text. */
  public String formula() {
    return definition.formula;
  }

  /** The values it can take, in plain text. */
  public String range() {
    return definition.range;
  }

  /** Where the definition comes from: paper, arXiv id, peer implementation. */
  public String source() {
    return definition.source;
  }

  /** A SQL expression that runs as it stands. */
  public String example() {
    return definition.example;
  }

  /** {@code name(column TYPE, setting TYPE = default) -> TYPE}. */
  public String signature() {
    return parameters().stream()
        .map(Parameter::signature)
        .collect(Collectors.joining(", ", name() + "(", ") -> " + result().sql()));
  }

  /**
   * Fixes the settings, for labels that are class indices.
   *
   * @param settings by name: Number, Boolean, String, List of Number, double[] or float[]; what is
   *     absent takes its default
   * @throws IllegalArgumentException for a setting that is unknown, missing, of the wrong type or
   *     out of its range
   */
  public BoundFunction bind(Map<String, ?> settings) {
    return bind(settings, false);
  }

  /** As {@link #bind(Map)}, for labels that are arrays with one number a class. */
  public BoundFunction bindSoft(Map<String, ?> settings) {
    if (labelColumn().map(p -> p.type() != ParameterType.TARGET).orElse(true)) {
      throw new IllegalArgumentException(name() + " takes no soft labels");
    }
    return bind(settings, true);
  }

  BoundFunction bind(Map<String, ?> settings, boolean softTarget) {
    Settings bound = Settings.of(name(), settings(), settings).withSoftTarget(softTarget);
    IntPredicate ignored = hasIgnoredLabels() ? definition.ignored.apply(bound) : label -> false;
    return new BoundFunction(this, bound, definition.body.apply(bound), ignored);
  }

  @Override
  public String toString() {
    return signature();
  }

  /** A definition in the making. All parts but aliases are required. */
  public static final class Builder {

    private final String name;
    private List<String> aliases = List.of();
    private List<Parameter> parameters = List.of();
    private ResultType result = ResultType.DOUBLE;
    private int referenceClasses;
    private boolean isLargerBetter;
    private OptionalDouble ideal = OptionalDouble.empty();
    private String summary;
    private String formula;
    private String range;
    private String source;
    private String example;
    private Function<Settings, IntPredicate> ignored;
    private Function<Settings, Body> body;

    private Builder(String name) {
      this.name = name;
    }

    /** Other names for it. */
    public Builder aliases(String... names) {
      aliases = List.of(names);
      return this;
    }

    /** The parameters in the order of the signature, columns first. */
    public Builder parameters(Parameter... inOrder) {
      parameters = List.of(inOrder);
      return this;
    }

    /** What it gives; DOUBLE if not said. */
    public Builder result(ResultType type) {
      result = type;
      return this;
    }

    /** Larger values are better; smaller ones if not said, but true is better than false. */
    public Builder largerIsBetter() {
      isLargerBetter = true;
      return this;
    }

    /** A mean over rows of this value is the best, others are the worse the farther. */
    public Builder ideal(double mean) {
      ideal = OptionalDouble.of(mean);
      return this;
    }

    /** The class after the last logit is one too: the reference of the others. */
    public Builder referenceClass() {
      referenceClasses = 1;
      return this;
    }

    /** The labels that have no value, besides {@link #DEFAULT_IGNORE_INDEX}. */
    public Builder ignoring(Function<Settings, IntPredicate> labels) {
      ignored = labels;
      return this;
    }

    /** One line: what it says of the row. */
    public Builder summary(String text) {
      summary = text;
      return this;
    }

    /** The formula, in plain text. */
    public Builder formula(String text) {
      formula = text;
      return this;
    }

    /** The values it can take. */
    public Builder range(String text) {
      range = text;
      return this;
    }

    /** Where the definition comes from. */
    public Builder source(String text) {
      source = text;
      return this;
    }

    /** A SQL expression that runs as it stands. */
    public Builder example(String sql) {
      example = sql;
      return this;
    }

    /** The arithmetic; which kind may depend on the settings. */
    public RowFunction body(Function<Settings, Body> forSettings) {
      body = forSettings;
      checkComplete();
      return new RowFunction(this);
    }

    private void checkComplete() {
      List<String> missing = new ArrayList<>();
      if (parameters.isEmpty() || !parameters.get(0).column()) {
        missing.add("a first parameter that is a column");
      }
      if (!name.equals(name.toLowerCase(Locale.ROOT))) {
        missing.add("a name in lower case");
      }
      if (summary == null || formula == null || range == null) {
        missing.add("summary, formula and range");
      }
      if (source == null || example == null) {
        missing.add("source and example");
      }
      if (!missing.isEmpty()) {
        throw new IllegalStateException(name + " lacks " + String.join("; ", missing));
      }
    }
  }
}
