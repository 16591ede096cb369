// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/**
 * Serves with one kernel until another has been compiled. Code of the Vector API runs about fifty
 * times slower than plain Java before that; since both kernels give the same bits, nobody sees the
 * change.
 */
final class WarmingKernel implements RowKernel {

  /** Calls of each primitive: beyond what HotSpot asks for before it optimises a loop. */
  private static final int CALLS = 6_000;

  /** So many of the columns that are read as probabilities. */
  private static final int CLASSES = 4;

  private volatile RowKernel current;

  private WarmingKernel(RowKernel first) {
    current = first;
  }

  /** A kernel that is {@code first} now and {@code then} when a daemon thread has warmed it. */
  static RowKernel start(RowKernel first, RowKernel then) {
    WarmingKernel kernel = new WarmingKernel(first);
    Thread warmer =
        new Thread(
            () -> {
              warm(then);
              kernel.current = then;
            },
            "spark-losses-kernel-warmer");
    warmer.setDaemon(true);
    warmer.start();
    return kernel;
  }

  /**
   * Many calls on short rows, with long ones among them: code compiled from long rows alone was
   * measured at half the speed.
   */
  static void warm(RowKernel kernel) {
    int longest = 2 * ChunkLoops.FLOATS;
    float[] floats = new float[longest];
    double[] doubles = new double[longest];
    for (int j = 0; j < longest; j++) {
      floats[j] = j % 37 == 0 ? Float.NEGATIVE_INFINITY : (j * 7919 % 101) / 10.0f;
      doubles[j] = floats[j];
    }
    float[] p = new float[longest];
    double[] q = new double[longest];
    double[] totals = new double[longest];
    RowTile tile = new RowTile();
    int[] labels = new int[RowTile.ROWS];
    for (int call = 0; call < CALLS; call++) {
      int length = call % 16 == 0 ? longest : 64 + call % 64;
      RowStatistics row = kernel.statistics(floats, 0, length, call % length);
      kernel.softmax(floats, 0, length, row, p);
      row = kernel.exponentials(floats, 0, length, call % length, p);
      kernel.addQuantized(p, length, (float) row.confidence(), totals);
      kernel.firstAtLeast(p, 0, length, 1.0f);
      row = kernel.statistics(doubles, 0, length, call % length);
      kernel.softmax(doubles, 0, length, row, q);
      kernel.addQuantized(q, length, totals);
      kernel.firstAtLeast(q, 0, length, 1.0);
      kernel.readTile(floats, 0, RowTile.ROWS, 10 + call % 16, p, tile);
      kernel.rankLabels(tile, labels, 0, RowTile.ROWS);
      warm(kernel.columns(), p, q, length);
    }
  }

  private static void warm(ColumnKernel columns, float[] shares, double[] x, int length) {
    columns.addQuantized(shares, 0, length, new double[ColumnKernel.LANES], 0);
    columns.listAbove(shares, 0, length, 0.1f, new int[length + 1]);
    columns.listAbove(x, 0, length, 0.1, new int[length + 1]);
    columns.sum(x, 0, length, new PartialSums());
    columns.exponentials(x, length, x);
    columns.logarithms(x, length, x);
    int rows = length / CLASSES;
    columns.readLogits(
        x, rows, CLASSES, rows, new int[rows], new double[length], LogitColumns.of(rows));
    columns.readProbabilities(x, rows, CLASSES, rows, ProbabilityColumns.of(rows));
  }

  @Override
  public String name() {
    return current.name();
  }

  @Override
  public RowStatistics statistics(float[] z, int offset, int length, int label) {
    return current.statistics(z, offset, length, label);
  }

  @Override
  public RowStatistics statistics(double[] z, int offset, int length, int label) {
    return current.statistics(z, offset, length, label);
  }

  @Override
  public RowStatistics exponentials(float[] z, int offset, int length, int label, float[] out) {
    return current.exponentials(z, offset, length, label, out);
  }

  @Override
  public ColumnKernel columns() {
    return current.columns();
  }

  @Override
  public boolean prefersTiles() {
    return current.prefersTiles();
  }

  @Override
  public void readTile(float[] z, int at, int stride, int length, float[] e, RowTile tile) {
    current.readTile(z, at, stride, length, e, tile);
  }

  @Override
  public void rankLabels(RowTile tile, int[] labels, int first, int rows) {
    current.rankLabels(tile, labels, first, rows);
  }

  @Override
  public void softmax(float[] z, int offset, int length, RowStatistics row, float[] out) {
    current.softmax(z, offset, length, row, out);
  }

  @Override
  public void softmax(double[] z, int offset, int length, RowStatistics row, double[] out) {
    current.softmax(z, offset, length, row, out);
  }

  @Override
  public int firstAtLeast(float[] p, int from, int to, float threshold) {
    return current.firstAtLeast(p, from, to, threshold);
  }

  @Override
  public int firstAtLeast(double[] p, int from, int to, double threshold) {
    return current.firstAtLeast(p, from, to, threshold);
  }

  @Override
  public void addQuantized(float[] e, int length, float scale, double[] totals) {
    current.addQuantized(e, length, scale, totals);
  }

  @Override
  public void addQuantized(double[] p, int length, double[] totals) {
    current.addQuantized(p, length, totals);
  }
}
