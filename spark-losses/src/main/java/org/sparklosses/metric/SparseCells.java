package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** {@link Cells} by a non-negative key, of which few are ever used. */
final class SparseCells {

  private static final int INITIAL_CAPACITY = 64;
  private static final int FREE = -1;

  private final boolean weighted;
  private final Cells cells;
  private int used;
  private long[] keys;

  /** Open addressing with linear probing: table slot to cell, or FREE. At most half full. */
  private int[] table = newTable(2 * INITIAL_CAPACITY);

  SparseCells(boolean weighted) {
    this(weighted, new Cells(INITIAL_CAPACITY, weighted), new long[INITIAL_CAPACITY]);
  }

  private SparseCells(boolean weighted, Cells cells, long[] keys) {
    this.weighted = weighted;
    this.cells = cells;
    this.keys = keys;
  }

  private static int[] newTable(int capacity) {
    int[] table = new int[capacity];
    Arrays.fill(table, FREE);
    return table;
  }

  void add(long key, double p, boolean hit, double w) {
    cells.add(cell(key), p, hit, w);
  }

  void merge(SparseCells other) {
    for (int cell = 0; cell < other.used; cell++) {
      cells.addCell(cell(other.keys[cell]), other.cells, cell, 1);
    }
  }

  Cells cells() {
    return cells;
  }

  /** The keys in use, ascending. */
  long[] sortedKeys() {
    long[] sorted = Arrays.copyOf(keys, used);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The cell of a key; a new one when it had none. */
  int cell(long key) {
    int slot = slot(key);
    if (table[slot] != FREE) {
      return table[slot];
    }
    if (used == keys.length) {
      grow();
      slot = slot(key);
    }
    keys[used] = key;
    table[slot] = used;
    return used++;
  }

  private int slot(long key) {
    int mask = table.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (table[slot] != FREE && keys[table[slot]] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int capacity = 2 * keys.length;
    keys = Arrays.copyOf(keys, capacity);
    cells.resize(capacity);
    table = newTable(2 * capacity);
    for (int cell = 0; cell < used; cell++) {
      table[slot(keys[cell])] = cell;
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(weighted);
    out.writeInt(used);
    Cells sorted = new Cells(used, weighted);
    long[] sortedKeys = sortedKeys();
    for (int k = 0; k < used; k++) {
      out.writeLong(sortedKeys[k]);
      sorted.addCell(k, cells, cell(sortedKeys[k]), 1);
    }
    sorted.write(out);
  }

  static SparseCells read(DataInput in) throws IOException {
    boolean weighted = in.readBoolean();
    int used = in.readInt();
    SparseCells sparse = new SparseCells(weighted);
    long[] keys = new long[used];
    for (int k = 0; k < used; k++) {
      keys[k] = in.readLong();
    }
    Cells cells = Cells.read(in);
    for (int k = 0; k < used; k++) {
      sparse.cells.addCell(sparse.cell(keys[k]), cells, k, 1);
    }
    return sparse;
  }
}
