// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.exact.Binning;
import org.sparklosses.exact.Cells;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Lengths;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Placements;

/**
 * The distribution of the scores of a source with their outcomes, for every series: by distinct
 * score while a series has few of them, on a grid when it has more than {@link #EXACT_LIMIT}. Rows
 * of logits are told apart where their probabilities round to the same number.
 *
 * @param source where the scores come from
 */
public record Scores(ScoreSource source) implements Component<Scores.State> {

  /** A series keeps up to so many distinct scores apart. */
  public static final int EXACT_LIMIT = ScoreStore.EXACT_LIMIT;

  /**
   * Of a distinct score without weights, with what is kept free; cells take more, but are fewer.
   */
  private static final long BYTES_OF_SCORE = 64;

  private static final long BYTES_WITH_SUMS = BYTES_OF_SCORE + 6 * ExactSums.BYTES_OF_SUM;

  /** With many series the limit of each is lower, so that all keep at most so many. */
  private static final int EXACT_LIMIT_OF_ALL = 1_000_000;

  @Override
  public String description() {
    return "distribution of " + source.name();
  }

  @Override
  public long bytes(long rows, int classes, boolean weighted) {
    return bytes(source, rows, classes, weighted);
  }

  static long bytes(ScoreSource source, long rows, int classes, boolean weighted) {
    if (!source.hasDistributions(classes)) {
      return 0;
    }
    int series = source.series().of(classes);
    boolean hasSums = weighted || !source.isBinary();
    return series * Math.min(rows, limit(series)) * (hasSums ? BYTES_WITH_SUMS : BYTES_OF_SCORE);
  }

  /** How many distinct scores each of so many series keeps apart. */
  static int limit(int series) {
    return Math.max(1, Math.min(EXACT_LIMIT, EXACT_LIMIT_OF_ALL / Math.max(1, series)));
  }

  @Override
  public State newState(SharedSums shared) {
    return new State(source, shared, true);
  }

  /**
   * The distributions. Layout when written: {@code int series}, whether rows have logits and the
   * {@link ScoreStore} of each; no series before the first row.
   */
  public static final class State implements ComponentState<State> {

    /** Of each row its atom. */
    private static final PredictionBlock.Attachment<int[]> ATOMS =
        () -> new int[PredictionBlock.ROWS];

    private final ScoreSource source;
    private final SharedSums shared;
    private final boolean keepsSums;
    private final ScoreSource.Sink sink = this::add;
    private final List<ScoreStore> stores = new ArrayList<>();
    private double weight;
    private boolean isLogits;

    /** What is told of the rows; null before the first. */
    private ScoreSource told;

    /**
     * Distributions of no rows.
     *
     * @param keepsSums whether cells keep the sums of their scores
     */
    State(ScoreSource source, SharedSums shared, boolean keepsSums) {
      this.source = source;
      this.shared = shared;
      this.keepsSums = keepsSums;
    }

    @Override
    public void add(PredictionRow row) {
      if (!source.hasDistributions(shared.classes())) {
        return;
      }
      if (told == null) {
        allocate(row.isLogits());
      }
      weight = row.weight();
      told.pairs().of(row, sink);
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      if (!source.hasDistributions(shared.classes())) {
        return;
      }
      if (told == null) {
        allocate(block.isLogits());
      }
      ScoreSource.Columns columns = told.columns();
      if (columns == null) {
        for (int r = from; r < to; r++) {
          add(block.row(r));
        }
        return;
      }
      int[] atoms = block.attached(ATOMS);
      double[] w = block.weights();
      columns.of(
          block, from, to, (series, s, y) -> stores.get(series).add(s, y, w, from, to, atoms));
    }

    private void add(int series, double score, double outcome) {
      stores.get(series).add(score, outcome, weight);
    }

    private void allocate(boolean ofLogits) {
      isLogits = ofLogits;
      told = source.ofRows(ofLogits);
      int series = source.series().of(shared.classes());
      boolean isPlain = source.isBinary() && !shared.isWeighted();
      ScoreGrid grid = ScoreGrid.of(told.scale(), keepsSums, series);
      int limit = limit(series);
      for (int s = 0; s < series; s++) {
        stores.add(new ScoreStore(isPlain, keepsSums, grid, limit));
      }
    }

    @Override
    public void merge(State other) {
      if (other.told == null) {
        return;
      }
      if (told == null) {
        allocate(other.isLogits);
      }
      if (isLogits != other.isLogits) {
        throw new IllegalArgumentException(
            "states of logits and of probabilities cannot be merged");
      }
      for (int s = 0; s < stores.size(); s++) {
        stores.get(s).merge(other.stores.get(s));
      }
    }

    /** The number of series; 0 before the first row. */
    public int series() {
      source.check(shared.classes());
      return stores.size();
    }

    /** The distribution of a series by what is said of scores; of no rows before the first row. */
    public Atoms atoms(int series) {
      return store(series).atoms();
    }

    /** The distribution of a series in the order of its scores. */
    public Atoms ranks(int series) {
      return store(series).ranks();
    }

    private ScoreStore store(int series) {
      source.check(shared.classes());
      return stores.isEmpty() ? ScoreStore.unlimited(true) : stores.get(series);
    }

    /** The placements of rows in a series by {@link #ranks}; rows of one cell are tied. */
    public Placements placements(int series) {
      return store(series).placements();
    }

    /** The number of atoms of all series. */
    public int atoms() {
      return stores.stream().mapToInt(ScoreStore::size).sum();
    }

    /** Whether all atoms are distinct scores. */
    public boolean isExact() {
      return stores.stream().allMatch(ScoreStore::isExact);
    }

    /** Whether its atoms can be put into bins. */
    boolean canFill(Binning binning) {
      return stores.stream().allMatch(store -> store.canFill(binning));
    }

    /** Adds its atoms to bins, series after series. */
    void fill(Cells cells, Binning binning) {
      for (int s = 0; s < stores.size(); s++) {
        stores.get(s).fill(cells, s * binning.cells(), binning);
      }
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeInt(stores.size());
      if (!stores.isEmpty()) {
        out.writeBoolean(isLogits);
      }
      for (ScoreStore store : stores) {
        store.write(out);
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      boolean isKept = shared.classes() > 0 && source.hasDistributions(shared.classes());
      int series = isKept ? source.series().of(shared.classes()) : 0;
      Lengths.readExpected("series", series, in);
      if (series > 0) {
        allocate(in.readBoolean());
        for (ScoreStore store : stores) {
          store.read(in);
        }
      }
    }
  }
}
