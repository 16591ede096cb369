package org.sparklosses.evaluate;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.sparklosses.exact.Lengths;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricState;
import org.sparklosses.metric.SharedSums;

/**
 * The state of an evaluation: one {@link MetricState} a slice, or one for all rows when there are
 * no slices. With slices the state of all rows is merged from those of the first declaration in the
 * end, which is exact.
 *
 * <p>Layout, within {@link StateBytes}: {@code int classes}; without slices the state of all rows;
 * with slices, for each declaration {@code int values} and, in ascending order of the values, key
 * and state of each.
 */
final class EvaluationBuffer implements ClassCount {

  private final EvaluationSpec spec;
  private final MetricPlan plan;
  private final SliceGroups<MetricState> slices;
  private MetricState overall;
  private int classes;

  EvaluationBuffer(EvaluationSpec spec, MetricPlan plan) {
    this.spec = spec;
    this.plan = plan;
    classes = spec.classes();
    overall = new MetricState(plan);
    slices =
        new SliceGroups<>(
            spec.slices(),
            spec.sliceColumns(),
            spec.sliceLimit(),
            (declaration, key) -> new MetricState(plan));
  }

  @Override
  public boolean acceptsClasses(int length) {
    if (classes == 0) {
      classes = length;
    }
    return classes == length;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** Adds the row that a reader has read. */
  void add(RowReader reader, InputCheck check) {
    if (check == null) {
      forEachState(reader, state -> state.add(reader.row()));
    } else {
      forEachState(reader, state -> state.addUnused(check));
    }
  }

  private void forEachState(RowReader reader, Consumer<MetricState> action) {
    if (slices.isEmpty()) {
      action.accept(overall);
    }
    slices.forEachOf(reader, action);
  }

  /** In how many ways rows are grouped; without slices in one, all rows together. */
  int groupings() {
    return Math.max(1, slices.declarations());
  }

  /** How many groups a grouping has so far. */
  int groups(int grouping) {
    return slices.isEmpty() ? 1 : slices.size(grouping);
  }

  /** The numbers of the groups of rows of the batch that a reader is at. */
  void readGroups(int grouping, RowReader reader, int[] rows, int count, int[] out) {
    if (slices.isEmpty()) {
      Arrays.fill(out, 0, count, 0);
    } else {
      slices.numbers(grouping, reader, rows, count, out);
    }
  }

  /** The state of a group. */
  MetricState state(int grouping, int group) {
    return slices.isEmpty() ? overall : slices.group(grouping, group);
  }

  EvaluationBuffer merge(EvaluationBuffer other) {
    if (other.classes != 0 && !acceptsClasses(other.classes)) {
      throw InvalidRowException.differentLengths(spec.predictions(), classes, other.classes);
    }
    overall.merge(other.overall);
    slices.merge(other.slices, MetricState::merge);
    return this;
  }

  /** The state of all rows. */
  MetricState overall() {
    if (slices.isEmpty()) {
      return overall;
    }
    MetricState all = new MetricState(plan);
    slices.sorted(0).values().forEach(all::merge);
    return all;
  }

  /** The states of a slice declaration, in ascending order of its values. */
  Map<SliceKey, MetricState> slices(int declaration) {
    return slices.sorted(declaration);
  }

  /** What it is a state of. */
  EvaluationSpec spec() {
    return spec;
  }

  byte[] toBytes() {
    return StateBytes.of(spec.declaration(), this::write);
  }

  private void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    if (slices.isEmpty()) {
      overall.write(out);
    }
    slices.write(out, MetricState::write);
  }

  /**
   * Reads what {@link #toBytes} wrote for the same spec.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  static EvaluationBuffer of(EvaluationSpec spec, MetricPlan plan, byte[] bytes) {
    StateBytes stored = StateBytes.of(bytes);
    if (!stored.declaration().equals(spec.declaration())) {
      throw new IllegalArgumentException(
          "the state is of other metrics or other input: %s, not %s"
              .formatted(stored.declaration(), spec.declaration()));
    }
    return of(spec, plan, stored);
  }

  /**
   * Reads a state without slices, whatever it is of.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  static EvaluationBuffer of(byte[] bytes) {
    StateBytes stored = StateBytes.of(bytes);
    EvaluationSpec spec = EvaluationSpec.of(stored.declaration());
    return of(spec, spec.plan(), stored);
  }

  private static EvaluationBuffer of(EvaluationSpec spec, MetricPlan plan, StateBytes stored) {
    EvaluationBuffer buffer = new EvaluationBuffer(spec, plan);
    try (DataInputStream in = stored.open()) {
      buffer.read(in);
      if (in.available() > 0) {
        throw new StreamCorruptedException(in.available() + " bytes too many");
      }
    } catch (IOException e) {
      String problem = e instanceof EOFException ? "it ends too early" : e.getMessage();
      throw new IllegalArgumentException(
          "the state is not laid out as one of %s: %s".formatted(spec.declaration(), problem), e);
    }
    return buffer;
  }

  private void read(DataInput in) throws IOException {
    classes = Lengths.read("classes", SharedSums.MOST_CLASSES, in);
    if (spec.classes() > 0 && classes != spec.classes()) {
      throw new StreamCorruptedException(
          "%d classes where %d are declared".formatted(classes, spec.classes()));
    }
    if (slices.isEmpty()) {
      overall = readState(in);
    }
    slices.read(in, (declaration, key, from) -> readState(from));
  }

  private MetricState readState(DataInput in) throws IOException {
    MetricState state = MetricState.read(plan, in);
    if (state.classes() != 0 && state.classes() != classes) {
      throw new StreamCorruptedException(
          "rows of %d classes where all have %d".formatted(state.classes(), classes));
    }
    return state;
  }
}
