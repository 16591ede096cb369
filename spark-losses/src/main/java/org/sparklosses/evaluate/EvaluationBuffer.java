package org.sparklosses.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricState;

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
  private final int[][] sliceColumns;
  private final SliceKey[] scratch;
  private final List<Map<SliceKey, MetricState>> slices = new ArrayList<>();
  private MetricState overall;
  private int classes;

  EvaluationBuffer(EvaluationSpec spec, MetricPlan plan) {
    this.spec = spec;
    this.plan = plan;
    classes = spec.classes();
    overall = new MetricState(plan);
    List<String> columns = spec.sliceColumns();
    sliceColumns =
        spec.slices().stream()
            .map(slice -> slice.stream().mapToInt(columns::indexOf).toArray())
            .toArray(int[][]::new);
    scratch =
        spec.slices().stream().map(slice -> new SliceKey(slice.size())).toArray(SliceKey[]::new);
    spec.slices().forEach(slice -> slices.add(new HashMap<>()));
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
    if (sliceColumns.length == 0) {
      action.accept(overall);
    }
    for (int d = 0; d < sliceColumns.length; d++) {
      for (int c = 0; c < sliceColumns[d].length; c++) {
        scratch[d].set(c, reader.slice(sliceColumns[d][c]));
      }
      MetricState state = slices.get(d).get(scratch[d]);
      action.accept(state != null ? state : newSlice(d, scratch[d].copy()));
    }
  }

  private MetricState newSlice(int declaration, SliceKey key) {
    Map<SliceKey, MetricState> states = slices.get(declaration);
    if (states.size() >= spec.sliceLimit()) {
      throw EvaluationException.tooManySlices(spec.slices().get(declaration), spec.sliceLimit());
    }
    MetricState state = new MetricState(plan);
    states.put(key, state);
    return state;
  }

  EvaluationBuffer merge(EvaluationBuffer other) {
    if (other.classes != 0 && !acceptsClasses(other.classes)) {
      throw InvalidRowException.differentLengths(spec.predictions(), classes, other.classes);
    }
    overall.merge(other.overall);
    for (int d = 0; d < slices.size(); d++) {
      int declaration = d;
      other
          .slices
          .get(d)
          .forEach(
              (key, state) -> {
                MetricState mine = slices.get(declaration).get(key);
                (mine != null ? mine : newSlice(declaration, key)).merge(state);
              });
    }
    return this;
  }

  /** The state of all rows. */
  MetricState overall() {
    if (slices.isEmpty()) {
      return overall;
    }
    MetricState all = new MetricState(plan);
    slices.get(0).values().forEach(all::merge);
    return all;
  }

  /** The states of a slice declaration, in ascending order of its values. */
  Map<SliceKey, MetricState> slices(int declaration) {
    return new TreeMap<>(slices.get(declaration));
  }

  /** What it is a state of. */
  EvaluationSpec spec() {
    return spec;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StateBytes(spec.declaration(), bytes.toByteArray()).toBytes();
  }

  private void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    if (slices.isEmpty()) {
      overall.write(out);
    }
    for (int d = 0; d < slices.size(); d++) {
      Map<SliceKey, MetricState> states = slices(d);
      out.writeInt(states.size());
      for (Map.Entry<SliceKey, MetricState> entry : states.entrySet()) {
        entry.getKey().write(out);
        entry.getValue().write(out);
      }
    }
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
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored.state()))) {
      buffer.read(in);
      if (in.available() > 0) {
        throw new IOException(in.available() + " bytes too many");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the state is not laid out as one of %s: %s"
              .formatted(spec.declaration(), e.getMessage()),
          e);
    }
    return buffer;
  }

  private void read(DataInput in) throws IOException {
    classes = in.readInt();
    if (slices.isEmpty()) {
      overall = MetricState.read(plan, in);
    }
    for (int d = 0; d < slices.size(); d++) {
      int values = in.readInt();
      for (int i = 0; i < values; i++) {
        SliceKey key = SliceKey.read(sliceColumns[d].length, in);
        slices.get(d).put(key, MetricState.read(plan, in));
      }
    }
  }
}
