// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparklosses.exact.Binning;
import org.sparklosses.exact.Cells;
import org.sparklosses.exact.DenseBins;
import org.sparklosses.exact.SparseCells;
import org.sparklosses.metric.BinTable.Norm;

/** The pairs {@code (p_k, 1[y = k])} in bins, for every class k. */
public record Classwise(Binning binning) implements Component<Classwise.State> {

  @Override
  public String description() {
    return binning.describe() + " of every class";
  }

  /** A row has at most as many probabilities beyond the first bin as there are bins. */
  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    long used = Math.min(classes, rows) * binning.cells();
    return classes * (2 * Cells.bytes(weighted)) + used * (Long.BYTES + Cells.bytes(weighted));
  }

  @Override
  public State newState(SharedSums shared) {
    shared.keepClasses(binning.edge(1));
    return new State(binning, shared);
  }

  @Override
  public Optional<State> derivedFrom(Kept state) {
    for (Component<?> component : state.components()) {
      if (component instanceof Classwise finer && binning.holds(finer.binning)) {
        State derived = new State(binning, state.shared());
        derived.addFiner(state.get(finer));
        return Optional.of(derived);
      }
    }
    return Optional.empty();
  }

  /**
   * Cells by class and bin, but for the first bin, which is what the others leave of all rows.
   * Layout when written: the sparse cells.
   */
  public static final class State implements ComponentState<State> {

    /** For a list of rows, and one number more. */
    private static final PredictionBlock.Attachment<int[]> LIST =
        () -> new int[PredictionBlock.ROWS + 1];

    private final Binning binning;
    private final SharedSums shared;
    private SparseCells sparse;

    /** What is not in the sparse cells yet; null before the first block. */
    private DenseBins dense;

    State(Binning binning, SharedSums shared) {
      this.binning = binning;
      this.shared = shared;
      sparse = new SparseCells(shared.isWeighted());
    }

    @Override
    public void add(PredictionRow row) {
      for (int i = 0; i < row.largeCount(); i++) {
        int k = row.large(i);
        int bin = binning.of(row.probability(k));
        if (bin > 0) {
          sparse.add(key(k, bin), row.quantizedProbability(k), k == row.label(), row.weight());
        }
      }
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      if (!shared.isWeighted() && DenseBins.areFew(block.classes(), binning)) {
        if (dense == null) {
          dense = new DenseBins(block.classes(), binning, sparse);
        }
        block
            .shares()
            .addTo(dense, block.labels(), from, to, block.columns(), block.attached(LIST));
        return;
      }
      for (int r = from; r < to; r++) {
        PredictionRow row = block.row(r);
        row.findLarge(binning.edge(1));
        add(row);
      }
    }

    private long key(int k, int bin) {
      return (long) k * binning.cells() + bin;
    }

    @Override
    public void merge(State other) {
      sparse().merge(other.sparse());
    }

    /** All that was added. */
    private SparseCells sparse() {
      if (dense != null) {
        dense.settle();
      }
      return sparse;
    }

    private void addFiner(State finer) {
      int cells = finer.binning.cells();
      for (long key : finer.sparse().sortedKeys()) {
        int bin = binning.ofFiner(finer.binning, (int) (key % cells));
        if (bin > 0) {
          int cell = sparse.cell(key / cells * binning.cells() + bin);
          sparse.cells().addCell(cell, finer.sparse().cells(), finer.sparse().cell(key), 1);
        }
      }
    }

    /** The calibration error of every class, in index order; empty without rows. */
    public double[] errors(Norm norm, boolean debias) {
      double[] errors = new double[shared.classes()];
      forEachClass((k, bins) -> errors[k] = BinTable.of(binning, bins, 0).error(norm, debias));
      return errors;
    }

    /** The bins of all classes together. */
    public BinTable pooled() {
      Cells pool = new Cells(binning.cells(), shared.isWeighted());
      forEachClass((k, bins) -> pool.merge(bins));
      return BinTable.of(binning, pool, 0);
    }

    private interface ClassBins {
      void accept(int k, Cells bins);
    }

    /** Tells the bins of every class, in cells that are filled again for the next. */
    private void forEachClass(ClassBins action) {
      int cells = binning.cells();
      long[] keys = sparse().sortedKeys();
      Cells bins = new Cells(cells, shared.isWeighted());
      int next = 0;
      for (int k = 0; k < shared.classes(); k++) {
        bins.clear();
        bins.addWeights(0, shared.all(), 0);
        bins.addPredicted(0, shared.totals().sums(), k);
        bins.addObserved(0, shared.labels(), k);
        for (; next < keys.length && keys[next] / cells == k; next++) {
          int cell = sparse.cell(keys[next]);
          bins.addCell((int) (keys[next] % cells), sparse.cells(), cell, 1);
          bins.addCell(0, sparse.cells(), cell, -1);
        }
        action.accept(k, bins);
      }
    }

    /** What is known of each class, with its l1 error. */
    public ClassTable classTable() {
      double[] errors = errors(Norm.L1, false);
      double weight = shared.weight();
      Cells labels = shared.labels();
      return new ClassTable(
          IntStream.range(0, shared.classes())
              .mapToObj(
                  k ->
                      new ClassTable.Entry(
                          k,
                          labels.count(k),
                          labels.weight(k),
                          labels.weight(k) / weight,
                          shared.totals().sums().value(k) / weight,
                          labels.observed(k) / labels.weight(k),
                          errors[k]))
              .toList());
    }

    @Override
    public void write(DataOutput out) throws IOException {
      sparse().write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
      sparse = SparseCells.read(shared.isWeighted(), (long) shared.classes() * binning.cells(), in);
    }
  }
}
