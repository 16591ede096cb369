// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowTile;

/**
 * Reads short rows of float logits out of a column vector before they are asked for, a tile at a
 * time: the kernel then works on several rows at once.
 */
final class RowsAhead {

  /** Fewer rows in a row are not worth a tile. */
  private static final int LEAST_ROWS = 8;

  private final RowKernel kernel;
  private final RowTile tile = new RowTile();
  private final float[] logits = new float[RowTile.LONGEST * RowTile.ROWS];
  private final float[] exponentials = new float[RowTile.LONGEST * RowTile.ROWS];

  private WritableColumnVector vector;
  private int batchRows;
  private int first;
  private int end;
  private int length;

  RowsAhead(RowKernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Starts a batch.
   *
   * @param newVector arrays of floats without a null entry; null when there is no such vector
   */
  void startBatch(WritableColumnVector newVector, int rows) {
    vector = kernel.prefersTiles() ? newVector : null;
    batchRows = rows;
    first = 0;
    end = 0;
  }

  /** Whether a row of the batch is in the tile, which is filled again for it where that pays. */
  boolean reach(int row) {
    if (vector == null) {
      return false;
    }
    if (row >= end) {
      fill(row);
    }
    return row >= first && row < end;
  }

  private void fill(int row) {
    if (vector.isNullAt(row)) {
      return;
    }
    length = vector.getArrayLength(row);
    if (length == 0 || length > RowTile.LONGEST) {
      return;
    }
    int offset = vector.getArrayOffset(row);
    int limit = Math.min(batchRows, row + RowTile.ROWS);
    int next = row + 1;
    while (next < limit
        && !vector.isNullAt(next)
        && vector.getArrayLength(next) == length
        && vector.getArrayOffset(next) == offset + (next - row) * length) {
      next++;
    }
    if (next - row < LEAST_ROWS) {
      return;
    }
    WritableColumnVector entries = vector.getChild(0);
    for (int r = 0; r < next - row; r++) {
      for (int j = 0; j < length; j++) {
        logits[j * RowTile.ROWS + r] = entries.getFloat(offset + r * length + j);
      }
    }
    kernel.readTile(logits, 0, RowTile.ROWS, length, exponentials, tile);
    first = row;
    end = next;
  }

  /** The number of entries of the rows in the tile. */
  int length() {
    return length;
  }

  /** The tile. */
  RowTile tile() {
    return tile;
  }

  /** The place in the tile of a row of the batch that it reaches. */
  int place(int row) {
    return row - first;
  }
}
