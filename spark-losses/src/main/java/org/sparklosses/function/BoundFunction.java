// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import org.sparklosses.kernel.RowStatistics;

/**
 * A function with its settings fixed: what plain Java applies row by row.
 *
 * <pre>{@code
 * BoundFunction focal = RowFunctions.named("focal_loss").bind(Map.of("gamma", 3.0));
 * RowStatistics s = RowKernels.get().statistics(logits, 0, logits.length, label);
 * double loss = focal.needsRow() ? focal.apply(Row.of(logits, s)) : focal.apply(s);
 * }</pre>
 *
 * <p>Immutable, safe for use from many threads, and serialisable (by name and settings). Two are
 * equal when name and settings are.
 */
public final class BoundFunction implements Serializable {

  private static final long serialVersionUID = 1;

  private final transient RowFunction function;
  private final transient Settings settings;
  private final transient Body body;
  private final transient ToDoubleFunction<RowStatistics> ofStatistics;
  private final transient IntPredicate ignored;
  private final transient boolean readsLabel;
  private final transient int ignoreIndex;
  private final transient boolean takesEveryClass;
  private final transient List<Parameter> columns;

  BoundFunction(RowFunction function, Settings settings, Body body, IntPredicate ignored) {
    this.function = function;
    this.settings = settings;
    this.body = body;
    this.ofStatistics = body instanceof Body.OfStatistics arithmetic ? arithmetic.value() : null;
    this.ignored = ignored;
    this.columns = function.columns();
    this.readsLabel = function.labelColumn().isPresent() && !settings.softTarget();
    Object index = settings.values().get(RowFunction.IGNORE_INDEX);
    this.ignoreIndex = index == null ? RowFunction.DEFAULT_IGNORE_INDEX : (Integer) index;
    this.takesEveryClass = !readsLabel || (ignoreIndex < 0 && !function.hasIgnoredLabels());
  }

  /** The definition. */
  public RowFunction function() {
    return function;
  }

  /** The function's name. */
  public String name() {
    return function.name();
  }

  /** All settings with their values, defaults included, in the order of the signature. */
  public Map<String, Object> settings() {
    return settings.values();
  }

  /** What it gives. */
  public ResultType result() {
    return function.result();
  }

  /** Whether labels are arrays with one number a class. */
  public boolean softTarget() {
    return settings.softTarget();
  }

  /** Whether it needs the columns themselves; if not, {@link #apply(RowStatistics)} suffices. */
  public boolean needsRow() {
    return body instanceof Body.OfRow
        || body instanceof Body.ArrayOfRow
        || body instanceof Body.ClassesOfRow;
  }

  /** Whether it reads the statistics of the first column and the label. */
  public boolean usesStatistics() {
    if (body instanceof Body.OfRow row) {
      return row.usesStatistics();
    }
    return !(body instanceof Body.ArrayOfRow array) || array.usesStatistics();
  }

  /** Whether it reads a class index. */
  public boolean readsLabel() {
    return readsLabel;
  }

  /** Whether a row with this label has no value (NULL in SQL, left out of a mean). */
  public boolean ignores(int label) {
    return readsLabel && (label == ignoreIndex || ignored.test(label));
  }

  /** Whether every label that is a class index has a value. */
  public boolean takesEveryClass() {
    return takesEveryClass;
  }

  /**
   * Refuses a label that is no class index. {@link #apply(RowStatistics)} takes the label for
   * checked.
   *
   * @param logits how many the row has
   * @throws IllegalArgumentException when the label is not in [0, classes), where the classes are
   *     those with a logit and the reference class if the function has one
   */
  public void checkLabel(long label, int logits) {
    int classes = logits + function.referenceClasses();
    if (readsLabel && (label < 0 || label >= classes)) {
      throw new IllegalArgumentException(
          name()
              + ": label "
              + label
              + " is outside [0, "
              + classes
              + "): labels are class indices from 0; mark rows without one by NULL or "
              + ignoreIndex);
    }
  }

  /**
   * The value of a row whose label is not ignored; 1 or 0 for true or false; NaN where undefined.
   *
   * @throws IllegalStateException when {@link #needsRow()}
   */
  public double apply(RowStatistics statistics) {
    if (ofStatistics != null) {
      return ofStatistics.applyAsDouble(statistics);
    }
    throw new IllegalStateException(name() + " with " + settings() + " needs the row");
  }

  /**
   * As {@link #apply(RowStatistics)}, for any function whose result is a number.
   *
   * @throws IllegalArgumentException when an array with one number a class is empty or has another
   *     length than the first
   */
  public double apply(Row row) {
    checkLengths(row);
    return body instanceof Body.OfRow arithmetic
        ? arithmetic.value().applyAsDouble(row)
        : apply(row.statistics());
  }

  /**
   * The array of a row.
   *
   * @throws IllegalArgumentException as {@link #apply(Row)}
   * @throws IllegalStateException when the result is no array
   */
  public double[] applyArray(Row row) {
    checkLengths(row);
    if (body instanceof Body.ArrayOfRow arithmetic) {
      return arithmetic.value().apply(row);
    }
    throw new IllegalStateException(name() + " gives no array");
  }

  /**
   * The classes of a row with their probabilities; none where they are undefined.
   *
   * @throws IllegalArgumentException as {@link #apply(Row)}
   * @throws IllegalStateException when the result is no such classes
   */
  public Optional<ClassProbabilities> applyClasses(Row row) {
    checkLengths(row);
    if (body instanceof Body.ClassesOfRow arithmetic) {
      return arithmetic.value().apply(row);
    }
    throw new IllegalStateException(name() + " gives no classes");
  }

  /** Refuses a row without classes. */
  public void checkNotEmpty(int classes) {
    if (classes == 0) {
      throw new IllegalArgumentException(
          name()
              + ": "
              + columns.get(0).name()
              + " is an empty array; a row needs at least one class, or NULL for no value");
    }
  }

  private void checkLengths(Row row) {
    if (columns.get(0).type() == ParameterType.MATRIX) {
      checkNotEmpty(row.classes());
      checkRows(row);
    }
    for (int i = 0; i < columns.size(); i++) {
      Parameter column = columns.get(i);
      boolean perClass =
          column.type() == ParameterType.LOGITS
              || (column.type() == ParameterType.TARGET && softTarget());
      if (perClass && i == 0) {
        checkNotEmpty(row.classes());
      } else if (perClass && row.array(i).length != row.classes()) {
        throw new IllegalArgumentException(
            name()
                + ": "
                + column.name()
                + " has "
                + row.array(i).length
                + " entries, but "
                + columns.get(0).name()
                + " has "
                + row.classes()
                + "; both need one entry a class");
      }
    }
  }

  private void checkRows(Row row) {
    double[][] rows = row.matrix(0);
    for (int i = 1; i < rows.length; i++) {
      if (rows[i].length != row.classes()) {
        throw new IllegalArgumentException(
            name()
                + ": "
                + columns.get(0).name()
                + "["
                + i
                + "] has "
                + rows[i].length
                + " entries, but the first has "
                + row.classes()
                + "; all need one entry a class");
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BoundFunction that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return Objects.hash(settings);
  }

  @Override
  public String toString() {
    return name() + settings();
  }

  private Object writeReplace() {
    return new Form(name(), new LinkedHashMap<>(settings()), softTarget());
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a BoundFunction is written by name and settings");
  }

  private record Form(String name, LinkedHashMap<String, Object> settings, boolean softTarget)
      implements Serializable {

    private Object readResolve() {
      return RowFunctions.named(name).bind(settings, softTarget);
    }
  }
}
