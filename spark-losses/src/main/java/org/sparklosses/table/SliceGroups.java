// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Mergeable;

/**
 * What is kept of the rows of each value of each slice declaration. A declaration of no columns has
 * one group, all rows, which is always there.
 *
 * <p>Layout when written: for each declaration {@code int values} and, in ascending order of the
 * values, key and group of each; of a declaration of no columns its group alone.
 *
 * @param <G> what is kept of a group of rows
 */
final class SliceGroups<G extends Mergeable<G>> {

  /** With more values it is no loss to find the group by its key. */
  private static final int MOST_BY_ID = 1024;

  private static final int UNKNOWN = -1;

  private final List<List<String>> declarations;
  private final int limit;
  private final BiFunction<Integer, SliceKey, G> newGroup;

  /** Of each declaration the places of its columns among all slice columns. */
  private final int[][] columns;

  private final SliceKey[] scratch;
  private final List<Numbered<G>> groups = new ArrayList<>();
  private long batch;

  /**
   * The groups of one declaration, numbered in the order of their first rows.
   *
   * @param all by number
   * @param numbers the numbers by key
   * @param numbersOfBatch the numbers by the number of the value in the batch at hand, or {@link
   *     #UNKNOWN}
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Numbered<G>(List<G> all, Map<SliceKey, Integer> numbers, int[] numbersOfBatch) {

    Numbered() {
      this(new ArrayList<>(), new HashMap<>(), new int[MOST_BY_ID]);
    }
  }

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
    for (int d = 0; d < columns.length; d++) {
      groups.add(new Numbered<>());
      if (isAllRows(d)) {
        SliceKey none = new SliceKey(0);
        put(d, none, newGroup.apply(d, none));
      }
    }
  }

  private boolean isAllRows(int declaration) {
    return columns[declaration].length == 0;
  }

  /** The number of declarations. */
  int declarations() {
    return columns.length;
  }

  /** How many groups a declaration has so far. */
  int size(int declaration) {
    return groups.get(declaration).all().size();
  }

  /** A group by its number. */
  G group(int declaration, int number) {
    return groups.get(declaration).all().get(number);
  }

  /** Does something to the groups of the row that a reader has read, one of each declaration. */
  void forEachOf(SliceReader reader, Consumer<G> action) {
    for (int d = 0; d < columns.length; d++) {
      action.accept(group(d, number(d, reader)));
    }
  }

  /** The numbers of the groups of rows of the batch that a reader is at. */
  void numbers(int declaration, SliceReader reader, int[] rows, int count, int[] out) {
    if (isAllRows(declaration)) {
      Arrays.fill(out, 0, count, 0);
      return;
    }
    forgetOtherBatches(reader);
    int[] of = columns[declaration];
    if (count > 0 && Arrays.stream(of).allMatch(reader::isConstant)) {
      reader.goTo(rows[0]);
      Arrays.fill(out, 0, count, number(declaration, reader));
      return;
    }
    int[] known = groups.get(declaration).numbersOfBatch();
    WritableColumnVector ids = of.length == 1 ? reader.ids(of[0]) : null;
    for (int i = 0; i < count; i++) {
      int id = ids == null ? MOST_BY_ID : ids.getDictId(rows[i]);
      if (id < MOST_BY_ID && known[id] != UNKNOWN) {
        out[i] = known[id];
      } else {
        reader.goTo(rows[i]);
        out[i] = number(declaration, reader);
      }
    }
  }

  private void forgetOtherBatches(SliceReader reader) {
    if (batch != reader.batches()) {
      batch = reader.batches();
      groups.forEach(numbered -> Arrays.fill(numbered.numbersOfBatch(), UNKNOWN));
    }
  }

  /** The number of the group of the row that a reader has read. */
  int number(int declaration, SliceReader reader) {
    if (isAllRows(declaration)) {
      return 0;
    }
    forgetOtherBatches(reader);
    int[] of = columns[declaration];
    int id = of.length == 1 ? reader.id(of[0]) : SliceColumn.NO_ID;
    return id == SliceColumn.NO_ID || id >= MOST_BY_ID
        ? byKey(declaration, reader)
        : byId(declaration, id, reader);
  }

  private int byId(int declaration, int id, SliceReader reader) {
    int[] known = groups.get(declaration).numbersOfBatch();
    if (known[id] == UNKNOWN) {
      known[id] = byKey(declaration, reader);
    }
    return known[id];
  }

  private int byKey(int declaration, SliceReader reader) {
    return number(declaration, reader::value);
  }

  private int number(int declaration, IntFunction<UTF8String> values) {
    SliceKey key = scratch[declaration];
    for (int c = 0; c < columns[declaration].length; c++) {
      key.set(c, values.apply(columns[declaration][c]));
    }
    Integer number = groups.get(declaration).numbers().get(key);
    return number != null ? number : add(declaration, key.copy());
  }

  private int add(int declaration, SliceKey key) {
    if (size(declaration) >= limit) {
      throw EvaluationException.tooManySlices(declarations.get(declaration), limit);
    }
    return put(declaration, key, newGroup.apply(declaration, key));
  }

  private int put(int declaration, SliceKey key, G group) {
    Numbered<G> numbered = groups.get(declaration);
    int number = numbered.all().size();
    numbered.all().add(group);
    numbered.numbers().put(key, number);
    return number;
  }

  /** Merges the groups of another, of the same declarations, into those of the same key. */
  void merge(SliceGroups<G> other) {
    for (int d = 0; d < columns.length; d++) {
      for (Map.Entry<SliceKey, Integer> entry : other.groups.get(d).numbers().entrySet()) {
        Integer mine = groups.get(d).numbers().get(entry.getKey());
        int number = mine != null ? mine : add(d, entry.getKey());
        group(d, number).merge(other.group(d, entry.getValue()));
      }
    }
  }

  /** The groups of a declaration, in ascending order of its values. */
  Map<SliceKey, G> sorted(int declaration) {
    Map<SliceKey, G> sorted = new TreeMap<>();
    groups
        .get(declaration)
        .numbers()
        .forEach((key, number) -> sorted.put(key, group(declaration, number)));
    return sorted;
  }

  void write(DataOutput out) throws IOException {
    for (int d = 0; d < columns.length; d++) {
      if (isAllRows(d)) {
        group(d, 0).write(out);
        continue;
      }
      out.writeInt(size(d));
      for (Map.Entry<SliceKey, G> entry : sorted(d).entrySet()) {
        entry.getKey().write(out);
        entry.getValue().write(out);
      }
    }
  }

  /** Reads what {@link #write} wrote into this, which has no rows. */
  void read(DataInput in) throws IOException {
    for (int d = 0; d < columns.length; d++) {
      if (isAllRows(d)) {
        group(d, 0).read(in);
        continue;
      }
      int values = Lengths.read("slices", limit, in);
      for (int i = 0; i < values; i++) {
        SliceKey key = SliceKey.read(columns[d].length, in);
        G group = newGroup.apply(d, key);
        group.read(in);
        put(d, key, group);
      }
    }
  }
}
