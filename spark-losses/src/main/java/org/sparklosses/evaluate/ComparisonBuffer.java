package org.sparklosses.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
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
import org.sparklosses.metric.PredictionRow;

/**
 * The state of a pass of a comparison: the groups of each declaration of a grouping.
 *
 * <p>Layout: {@code int classes}, then for each declaration {@code int groups} and, in ascending
 * order of the values, key and group.
 *
 * @param <G> what is kept of a group
 */
final class ComparisonBuffer<G extends RowGroup<G>> implements ClassCount {

  private final RowGrouping<G> grouping;
  private final int[][] sliceColumns;
  private final SliceKey[] scratch;
  private final List<Map<SliceKey, G>> groups = new ArrayList<>();
  private int classes;

  ComparisonBuffer(RowGrouping<G> grouping) {
    this.grouping = grouping;
    EvaluationSpec evaluation = grouping.spec().evaluation();
    classes = evaluation.classes();
    List<String> columns = evaluation.sliceColumns();
    List<List<String>> declarations = grouping.declarations();
    sliceColumns =
        declarations.stream()
            .map(declared -> declared.stream().mapToInt(columns::indexOf).toArray())
            .toArray(int[][]::new);
    scratch =
        declarations.stream()
            .map(declared -> new SliceKey(declared.size()))
            .toArray(SliceKey[]::new);
    declarations.forEach(declared -> groups.add(new HashMap<>()));
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

  /** Adds a row of which the predictions of every model were read. */
  void add(RowReader reader, PredictionRow[] models) {
    forEachGroup(reader, group -> group.add(models));
  }

  /** Counts a row that is not compared. */
  void addUnused(RowReader reader, InputCheck check) {
    forEachGroup(reader, group -> group.addUnused(check));
  }

  private void forEachGroup(RowReader reader, Consumer<G> action) {
    for (int d = 0; d < scratch.length; d++) {
      for (int c = 0; c < sliceColumns[d].length; c++) {
        scratch[d].set(c, reader.slice(sliceColumns[d][c]));
      }
      G group = groups.get(d).get(scratch[d]);
      action.accept(group != null ? group : newGroup(d, scratch[d].copy()));
    }
  }

  private G newGroup(int declaration, SliceKey key) {
    int limit = grouping.spec().evaluation().sliceLimit();
    if (groups.get(declaration).size() >= limit) {
      throw EvaluationException.tooManySlices(grouping.declarations().get(declaration), limit);
    }
    G group = grouping.newGroup(declaration, key);
    groups.get(declaration).put(key, group);
    return group;
  }

  ComparisonBuffer<G> merge(ComparisonBuffer<G> other) {
    if (other.classes != 0 && !acceptsClasses(other.classes)) {
      throw InvalidRowException.differentLengths(
          String.join(", ", grouping.spec().columns()), classes, other.classes);
    }
    for (int d = 0; d < scratch.length; d++) {
      int declaration = d;
      other
          .groups
          .get(d)
          .forEach(
              (key, group) -> {
                G mine = groups.get(declaration).get(key);
                (mine != null ? mine : newGroup(declaration, key)).merge(group);
              });
    }
    return this;
  }

  /** The groups of a declaration, in ascending order of its values. */
  Map<SliceKey, G> groups(int declaration) {
    return new TreeMap<>(groups.get(declaration));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(classes);
      for (int d = 0; d < scratch.length; d++) {
        out.writeInt(groups.get(d).size());
        for (Map.Entry<SliceKey, G> entry : groups(d).entrySet()) {
          entry.getKey().write(out);
          entry.getValue().write(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #toBytes} wrote for the same grouping. */
  static <G extends RowGroup<G>> ComparisonBuffer<G> of(RowGrouping<G> grouping, byte[] bytes) {
    ComparisonBuffer<G> buffer = new ComparisonBuffer<>(grouping);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      buffer.classes = in.readInt();
      for (int d = 0; d < buffer.scratch.length; d++) {
        int values = in.readInt();
        for (int i = 0; i < values; i++) {
          SliceKey key = SliceKey.read(buffer.sliceColumns[d].length, in);
          buffer.newGroup(d, key).read(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer;
  }
}
