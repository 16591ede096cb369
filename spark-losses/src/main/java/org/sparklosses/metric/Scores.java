package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Placements;

/**
 * The distribution of the scores of a source with their outcomes, for every series: by distinct
 * score while a series has few of them, on a fixed grid when it has more than {@link #EXACT_LIMIT}.
 *
 * @param source where the scores come from
 */
public record Scores(ScoreSource source) implements Component<Scores.State> {

  /** A series keeps up to so many distinct scores apart. */
  public static final int EXACT_LIMIT = 10_000;

  /** With many series the limit of each is lower, so that all keep at most so many. */
  private static final int EXACT_LIMIT_OF_ALL = 1_000_000;

  @Override
  public State newState(SharedSums shared) {
    return new State(source, shared, true);
  }

  /**
   * The distributions. Layout when written: {@code int series}, the {@link ScoreStore} of each; no
   * series before the first row.
   */
  public static final class State implements ComponentState<State>, BlockwiseState {

    private final ScoreSource source;
    private final SharedSums shared;
    private final boolean keepsSums;
    private final ScoreSource.Pairs pairs;
    private final ScoreSource.Sink sink = this::add;
    private final List<ScoreStore> stores = new ArrayList<>();
    private double weight;

    /**
     * Distributions of no rows.
     *
     * @param keepsSums whether cells keep the sums of their scores
     */
    State(ScoreSource source, SharedSums shared, boolean keepsSums) {
      this.source = source;
      this.shared = shared;
      this.keepsSums = keepsSums;
      pairs = source.pairs();
    }

    @Override
    public void add(PredictionRow row) {
      if (!source.hasDistributions(shared.classes())) {
        return;
      }
      if (stores.isEmpty()) {
        allocate();
      }
      weight = row.weight();
      pairs.of(row, sink);
    }

    @Override
    public void add(PredictionBlock block, double[][] summands, int from, int to) {
      ScoreSource.Columns columns = source.columns();
      if (columns == null) {
        for (int r = from; r < to; r++) {
          add(block.row(r));
        }
        return;
      }
      if (!source.hasDistributions(shared.classes())) {
        return;
      }
      if (stores.isEmpty()) {
        allocate();
      }
      columns.of(block, from, to, (series, s, y) -> stores.get(series).add(block, s, y, from, to));
    }

    private void add(int series, double score, double outcome) {
      stores.get(series).add(score, outcome, weight);
    }

    private void allocate() {
      int series = source.series().of(shared.classes());
      boolean isPlain = source.isBinary() && !shared.isWeighted();
      ScoreGrid grid = ScoreGrid.of(source.isProbability(), series);
      int limit = Math.max(1, Math.min(EXACT_LIMIT, EXACT_LIMIT_OF_ALL / Math.max(1, series)));
      for (int s = 0; s < series; s++) {
        stores.add(new ScoreStore(source.isProbability(), isPlain, keepsSums, grid, limit));
      }
    }

    @Override
    public void merge(State other) {
      if (!other.stores.isEmpty()) {
        if (stores.isEmpty()) {
          allocate();
        }
        for (int s = 0; s < stores.size(); s++) {
          stores.get(s).merge(other.stores.get(s));
        }
      }
    }

    /** The number of series; 0 before the first row. */
    public int series() {
      source.check(shared.classes());
      return stores.size();
    }

    /** The distribution of a series; that of no rows before the first row. */
    public Atoms atoms(int series) {
      source.check(shared.classes());
      return stores.isEmpty()
          ? new ScoreStore(true, true, true, null, EXACT_LIMIT).atoms()
          : stores.get(series).atoms();
    }

    /** The placements of rows in a series; rows of one cell are tied on the grid. */
    public Placements placements(int series) {
      return stores.isEmpty() ? new Placements(atoms(series)) : stores.get(series).placements();
    }

    /** The number of atoms of all series. */
    int atoms() {
      return stores.stream().mapToInt(ScoreStore::size).sum();
    }

    /** Whether all atoms are distinct scores. */
    boolean isExact() {
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
      for (ScoreStore store : stores) {
        store.write(out);
      }
    }

    @Override
    public void read(DataInput in) throws IOException {
      boolean isKept = shared.classes() > 0 && source.hasDistributions(shared.classes());
      Lengths.readExpected("series", isKept ? source.series().of(shared.classes()) : 0, in);
      if (isKept) {
        allocate();
        for (ScoreStore store : stores) {
          store.read(in);
        }
      }
    }
  }
}
