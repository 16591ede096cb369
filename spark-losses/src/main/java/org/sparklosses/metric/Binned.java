// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Optional;
import org.sparklosses.exact.Binning;
import org.sparklosses.exact.Cells;

/**
 * Pairs of a probability and its outcome in bins of equal width, for every series of a source.
 *
 * @param source where the pairs come from; outcomes are 0 or 1
 */
public record Binned(ScoreSource source, Binning binning) implements Component<Binned.State> {

  /** Whether there is one series whatever the number of classes. */
  boolean isOneSeries() {
    return source.series().of(2) == 1 && source.series().of(3) == 1;
  }

  @Override
  public String description() {
    return binning.describe() + " of " + source.name();
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return (long) source.series().of(classes) * binning.cells() * Cells.bytes(weighted);
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(this, shared);
  }

  @Override
  public Optional<State> derivedFrom(Kept state) {
    Optional<Scores.State> scores =
        state.kept(new Scores(source)).filter(kept -> kept.canFill(binning));
    if (scores.isPresent()) {
      State derived = new State(this, state.shared());
      if (scores.get().series() > 0) {
        derived.allocate();
        scores.get().fill(derived.cells, binning);
      }
      return Optional.of(derived);
    }
    for (Component<?> component : state.components()) {
      if (component instanceof Binned finer
          && finer.source.equals(source)
          && binning.holds(finer.binning)) {
        return Optional.of(coarsened(finer, state));
      }
    }
    return Optional.empty();
  }

  private State coarsened(Binned finer, Kept state) {
    State derived = new State(this, state.shared());
    Cells from = state.get(finer).cells;
    if (from != null) {
      derived.allocate();
      int bins = finer.binning.cells();
      for (int cell = 0; cell < from.size(); cell++) {
        int bin = binning.ofFiner(finer.binning, cell % bins);
        derived.cells.addCell(cell / bins * binning.cells() + bin, from, cell, 1);
      }
    }
    return derived;
  }

  /** The bins. Layout when written: the cells, if a row was evaluated. */
  public static final class State implements ComponentState<State> {

    /** Of each row its cell. */
    private static final PredictionBlock.Attachment<int[]> CELLS =
        () -> new int[PredictionBlock.ROWS];

    private final Binned component;
    private final SharedSums shared;
    private final int bins;
    private final ConfidenceBins confidenceBins;
    private final ScoreSource.Pairs pairs;
    private final ScoreSource.Sink sink = this::add;
    private Cells cells;
    private double weight;

    State(Binned component, SharedSums shared) {
      this.component = component;
      this.shared = shared;
      bins = component.binning.cells();
      confidenceBins = new ConfidenceBins(component.binning);
      pairs = component.source.pairs();
    }

    @Override
    public void add(PredictionRow row) {
      if (cells == null) {
        allocate();
      }
      weight = row.weight();
      pairs.of(row, sink);
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      ScoreSource.Columns columns = component.source.columns();
      if (columns == null) {
        for (int r = from; r < to; r++) {
          add(block.row(r));
        }
        return;
      }
      if (cells == null) {
        allocate();
      }
      columns.of(block, from, to, (series, p, y) -> add(block, series, p, y, from, to));
    }

    private void add(PredictionBlock block, int series, double[] p, double[] y, int from, int to) {
      int[] cell = cells(block, series, p, from, to);
      cells.add(cell, p, y, block.weights(), from, to);
    }

    private int[] cells(PredictionBlock block, int series, double[] p, int from, int to) {
      if (component.source.equals(ScoreSource.TOP_LABEL)) {
        return block.attached(confidenceBins);
      }
      int[] cell = block.attached(CELLS);
      for (int r = from; r < to; r++) {
        cell[r] = series * bins + component.binning.of(p[r]);
      }
      return cell;
    }

    private void add(int series, double score, double outcome) {
      cells.add(series * bins + component.binning.of(score), score, outcome > 0, weight);
    }

    private void allocate() {
      cells = new Cells(series() * bins, shared.isWeighted());
    }

    /** Fills the cells of its one series by their sums, from {@code first} on. */
    void setCells(double[] sums, int first) {
      allocate();
      for (int cell = 0; cell < bins; cell++) {
        cells.addSummands(cell, sums, first + cell * Cells.summands(shared.isWeighted()));
      }
    }

    /** The number of series. */
    public int series() {
      return component.source.series().of(shared.classes());
    }

    @Override
    public void merge(State other) {
      if (other.cells != null) {
        if (cells == null) {
          allocate();
        }
        cells.merge(other.cells);
      }
    }

    /** The bins of a series. */
    public BinTable table(int series) {
      component.source.check(shared.classes());
      Cells read = cells != null ? cells : new Cells(bins, false);
      return BinTable.of(component.binning, read, series * bins);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeBoolean(cells != null);
      if (cells != null) {
        cells.write(out);
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      if (in.readBoolean() != shared.classes() > 0) {
        throw new StreamCorruptedException("bins without rows, or rows without bins");
      }
      if (shared.classes() > 0) {
        cells = Cells.read((long) series() * bins, shared.isWeighted(), in);
      }
    }
  }
}
