// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** {@link Cells} by a non-negative key, of which few are ever used. */
public final class SparseCells {

  private static final int INITIAL_CAPACITY = 64;

  private final boolean weighted;
  private final Cells cells;
  private final KeyIndex index = new KeyIndex(INITIAL_CAPACITY);

  /** Cells without rows. */
  public SparseCells(boolean weighted) {
    this.weighted = weighted;
    cells = new Cells(INITIAL_CAPACITY, weighted);
  }

  /** As {@link Cells#add(int, double, boolean, double)}, by key. */
  public void add(long key, double p, boolean hit, double w) {
    cells.add(cell(key), p, hit, w);
  }

  /** As {@link Cells#addShares}. */
  void addShares(long key, long n, long came, long shares, int exponent) {
    cells.addShares(cell(key), n, came, shares, exponent);
  }

  /** Adds the rows of another. */
  public void merge(SparseCells other) {
    for (int cell = 0; cell < other.index.size(); cell++) {
      cells.addCell(cell(other.index.key(cell)), other.cells, cell, 1);
    }
  }

  /** The cells, at the places that {@link #cell} tells. */
  public Cells cells() {
    return cells;
  }

  /** The keys in use, ascending. */
  public long[] sortedKeys() {
    return index.sortedKeys();
  }

  /** The cell of a key; a new one when it had none. */
  public int cell(long key) {
    int cell = index.of(key);
    if (cell >= cells.size()) {
      cells.resize(index.capacity());
    }
    return cell;
  }

  /** Writes the cells in use; {@link #read} reads them. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(index.size());
    Cells sorted = new Cells(index.size(), weighted);
    long[] sortedKeys = sortedKeys();
    Longs.write(sortedKeys, sortedKeys.length, out);
    for (int k = 0; k < sortedKeys.length; k++) {
      sorted.addCell(k, cells, cell(sortedKeys[k]), 1);
    }
    sorted.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param keysEnd all keys are below it
   * @throws IOException if they are no such cells
   */
  public static SparseCells read(boolean weighted, long keysEnd, DataInput in) throws IOException {
    SparseCells sparse = new SparseCells(weighted);
    int used = Lengths.read("cells", keysEnd, in);
    long[] keys = Longs.read(used, in);
    KeyIndex.checkAscending(keys, keysEnd);
    Cells cells = Cells.read(used, weighted, in);
    for (int k = 0; k < used; k++) {
      sparse.cells.addCell(sparse.cell(keys[k]), cells, k, 1);
    }
    return sparse;
  }
}
