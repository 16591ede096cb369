package org.sparklosses.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * What is kept of the rows of each value of each slice declaration. A declaration of no columns has
 * one group: all rows.
 *
 * <p>Layout when written: for each declaration {@code int values} and, in ascending order of the
 * values, key and group of each.
 *
 * @param <G> what is kept of a group of rows
 */
final class SliceGroups<G> {

  /** With more values it is no loss to find the group by its key. */
  private static final int MOST_BY_ID = 1024;

  private final List<List<String>> declarations;
  private final int limit;
  private final BiFunction<Integer, SliceKey, G> newGroup;

  /** Of each declaration the places of its columns among all slice columns. */
  private final int[][] columns;

  private final SliceKey[] scratch;
  private final List<Map<SliceKey, G>> groups = new ArrayList<>();

  /** Of each declaration the groups by the number of their value in the batch at hand. */
  private final List<List<G>> groupsOfBatch = new ArrayList<>();

  private long batch;

  /**
   * No groups yet.
   *
   * @param declarations the columns of each
   * @param sliceColumns all slice columns, in the order in which a reader has them
   * @param limit the most values that a declaration may have
   * @param newGroup makes a group of no rows, by declaration and key
   */
  SliceGroups(
      List<List<String>> declarations,
      List<String> sliceColumns,
      int limit,
      BiFunction<Integer, SliceKey, G> newGroup) {
    this.declarations = declarations;
    this.limit = limit;
    this.newGroup = newGroup;
    columns =
        declarations.stream()
            .map(declared -> declared.stream().mapToInt(sliceColumns::indexOf).toArray())
            .toArray(int[][]::new);
    scratch =
        declarations.stream()
            .map(declared -> new SliceKey(declared.size()))
            .toArray(SliceKey[]::new);
    for (int d = 0; d < declarations.size(); d++) {
      groups.add(new HashMap<>());
      groupsOfBatch.add(new ArrayList<>());
    }
  }

  boolean isEmpty() {
    return declarations.isEmpty();
  }

  /** Does something to the groups of the row that a reader has read, one of each declaration. */
  void forEachOf(RowReader reader, Consumer<G> action) {
    if (batch != reader.batches()) {
      batch = reader.batches();
      groupsOfBatch.forEach(List::clear);
    }
    for (int d = 0; d < columns.length; d++) {
      int id = columns[d].length == 1 ? reader.sliceId(columns[d][0]) : SliceColumn.NO_ID;
      action.accept(
          id == SliceColumn.NO_ID || id >= MOST_BY_ID ? byKey(d, reader) : byId(d, id, reader));
    }
  }

  private G byId(int declaration, int id, RowReader reader) {
    List<G> known = groupsOfBatch.get(declaration);
    while (known.size() <= id) {
      known.add(null);
    }
    G group = known.get(id);
    if (group == null) {
      group = byKey(declaration, reader);
      known.set(id, group);
    }
    return group;
  }

  private G byKey(int declaration, RowReader reader) {
    SliceKey key = scratch[declaration];
    for (int c = 0; c < columns[declaration].length; c++) {
      key.set(c, reader.slice(columns[declaration][c]));
    }
    G group = groups.get(declaration).get(key);
    return group != null ? group : add(declaration, key.copy());
  }

  private G add(int declaration, SliceKey key) {
    if (groups.get(declaration).size() >= limit) {
      throw EvaluationException.tooManySlices(declarations.get(declaration), limit);
    }
    G group = newGroup.apply(declaration, key);
    groups.get(declaration).put(key, group);
    return group;
  }

  /** Merges the groups of another, of the same declarations, into those of the same key. */
  void merge(SliceGroups<G> other, BiConsumer<G, G> merge) {
    for (int d = 0; d < columns.length; d++) {
      for (Map.Entry<SliceKey, G> entry : other.groups.get(d).entrySet()) {
        G mine = groups.get(d).get(entry.getKey());
        merge.accept(mine != null ? mine : add(d, entry.getKey()), entry.getValue());
      }
    }
  }

  /** The groups of a declaration, in ascending order of its values. */
  Map<SliceKey, G> sorted(int declaration) {
    return new TreeMap<>(groups.get(declaration));
  }

  /** Writes a group. */
  @FunctionalInterface
  interface Writer<G> {
    void write(G group, DataOutput out) throws IOException;
  }

  /** Reads a group of this declaration and key. */
  @FunctionalInterface
  interface Reader<G> {
    G read(int declaration, SliceKey key, DataInput in) throws IOException;
  }

  void write(DataOutput out, Writer<G> writer) throws IOException {
    for (int d = 0; d < columns.length; d++) {
      out.writeInt(groups.get(d).size());
      for (Map.Entry<SliceKey, G> entry : sorted(d).entrySet()) {
        entry.getKey().write(out);
        writer.write(entry.getValue(), out);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  void read(DataInput in, Reader<G> reader) throws IOException {
    for (int d = 0; d < columns.length; d++) {
      int values = in.readInt();
      for (int i = 0; i < values; i++) {
        SliceKey key = SliceKey.read(columns[d].length, in);
        groups.get(d).put(key, reader.read(d, key, in));
      }
    }
  }
}
