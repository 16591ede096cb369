package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Placements;

/**
 * The distribution of one series of scores with their outcomes: by distinct score, or, when these
 * are more than a limit, by cell of a grid. Which of the two depends on the scores alone, and all
 * sums are exact, so that neither order nor partitioning matters.
 *
 * <p>Without weights and of binary outcomes an atom is a score and two counts. Otherwise, and on
 * the grid, sums are kept of w, w^2, wy, ws, ws^2 and wsy, as far as counts do not say them;
 * without weights and of scores that are no probabilities, of s alone. In these sums a probability
 * and its square are rounded to multiples of 2^-52, which bounds the size.
 *
 * <p>Layout when written: {@code boolean exact, int atoms}, the keys in ascending order, the {@link
 * AtomCounts} and the {@link ExactSums} in the same order. The former hold the sums of a grid of
 * probabilities with binary outcomes and without weights, the latter all other sums.
 */
public final class ScoreStore {

  private static final int INITIAL_CAPACITY = 16;

  private static final int SCORED = 0;
  private static final int SCORED_SQUARE = 1;
  private static final int SCORED_OUTCOME = 2;
  private static final int WEIGHT = 3;
  private static final int SQUARED_WEIGHT = 4;
  private static final int OUTCOME = 5;
  private static final int SCORE_ALONE = 1;
  private static final int PLAIN_SUMS = 3;
  private static final int ALL_SUMS = 6;

  /** The sums of {@link Cells}, in their order. */
  private static final int[] CELL_SUMS = {SCORED, WEIGHT, SQUARED_WEIGHT, OUTCOME};

  private static final int KEEPS_COUNTS_ONLY = 0;

  private final boolean isProbability;

  /** Whether sums of w, w^2 and wy are the counts. */
  private final boolean isPlain;

  /** Whether cells without weights keep sums besides the counts. */
  private final boolean keepsSums;

  private final ScoreGrid grid;
  private final int limit;

  private boolean isExact = true;
  private KeyIndex index = new KeyIndex(INITIAL_CAPACITY);
  private AtomCounts counts = new AtomCounts(INITIAL_CAPACITY, 0);
  private int stride;
  private ExactSums sums;

  /** Counts of cells that are to be added; null before the first block of a grid without sums. */
  private PendingCounts pending;

  /**
   * A distribution of no rows.
   *
   * @param isPlain whether rows have no weights and outcomes are 0 or 1
   * @param keepsSums false if, of plain probabilities, cells need not tell the mean of their scores
   * @param limit the most distinct scores that are kept apart
   */
  ScoreStore(boolean isProbability, boolean isPlain, boolean keepsSums, ScoreGrid grid, int limit) {
    this.keepsSums = keepsSums;
    this.isProbability = isProbability;
    this.isPlain = isPlain;
    this.grid = grid;
    this.limit = limit;
    stride = isPlain ? KEEPS_COUNTS_ONLY : ALL_SUMS;
    sums = new ExactSums(INITIAL_CAPACITY * stride);
  }

  /** A distribution of any numbers with any outcomes and weights, over no rows. */
  public static ScoreStore ofNumbers() {
    return new ScoreStore(false, false, true, ScoreGrid.of(false, 1), Scores.EXACT_LIMIT);
  }

  /**
   * A distribution of any numbers by distinct score, however many they are.
   *
   * @param isPlain whether rows have no weights and outcomes are 0 or 1
   */
  public static ScoreStore unlimited(boolean isPlain) {
    return new ScoreStore(false, isPlain, true, null, Integer.MAX_VALUE);
  }

  /** Adds so many rows of the same score, outcome and weight to distinct scores. */
  public void add(double score, double outcome, double w, long rows) {
    int atom = atom(Double.doubleToRawLongBits(score + 0.0));
    counts.addRows(atom, rows, outcome > 0 ? rows : 0);
    if (!isPlain) {
      int at = atom * stride;
      sums.addTimes(at + WEIGHT, rows, w);
      sums.addTimes(at + SQUARED_WEIGHT, rows, w * w);
      sums.addTimes(at + OUTCOME, rows, w * outcome);
    }
  }

  /** Adds a row of weight {@code w} above 0. */
  public void add(double score, double outcome, double w) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score is NaN: such rows cannot be ordered");
    }
    int atom = atom(isExact ? Double.doubleToRawLongBits(score + 0.0) : grid.cell(score));
    counts.addRows(atom, 1, outcome > 0 ? 1 : 0);
    if (counts.sums() > 0) {
      addShares(atom, score, outcome);
    } else if (stride > 0) {
      double s = kept(score);
      int at = atom * stride;
      sums.add(at + SCORED, w * s);
      if (!isPlain) {
        sums.add(at + SCORED_SQUARE, w * kept(score * score));
        sums.add(at + SCORED_OUTCOME, w * s * outcome);
        sums.add(at + WEIGHT, w);
        sums.add(at + SQUARED_WEIGHT, w * w);
        sums.add(at + OUTCOME, w * outcome);
      }
    }
    if (isExact && index.size() > limit) {
      degrade();
    }
  }

  /**
   * Adds the rows [from, to) of a block.
   *
   * @param scores of each row, not NaN
   */
  void add(PredictionBlock block, double[] scores, double[] outcomes, int from, int to) {
    int first = from;
    for (; first < to && !isCounted(); first++) {
      add(scores[first], outcomes[first], block.weight(first));
    }
    if (first < to && keepsSums) {
      count(scores, outcomes, first, to, block.places());
    } else if (first < to) {
      if (pending == null) {
        pending = new PendingCounts(grid.size());
      }
      pending.add(grid.binning(), scores, outcomes, first, to, this::countCell);
    }
  }

  /** Whether it is a grid whose cells are counts. */
  private boolean isCounted() {
    return !isExact && isPlain && isProbability;
  }

  private void countCell(int cell, long rows, long hits) {
    counts.addRows(atom(cell), rows, hits);
  }

  /** Counts what is pending. */
  private void settle() {
    if (pending != null) {
      pending.moveTo(this::countCell);
    }
  }

  private void count(double[] scores, double[] outcomes, int from, int to, int[] atoms) {
    for (int r = from; r < to; r++) {
      atoms[r] = atom(grid.cell(scores[r]));
    }
    counts.addRows(atoms, outcomes, from, to);
    for (int r = from; r < to; r++) {
      addShares(atoms[r], scores[r], outcomes[r]);
    }
  }

  private void addShares(int atom, double score, double outcome) {
    double s = kept(score);
    counts.add(atom, SCORED, s);
    counts.add(atom, SCORED_SQUARE, kept(score * score));
    if (outcome > 0) {
      counts.add(atom, SCORED_OUTCOME, s);
    }
  }

  private double kept(double x) {
    return isProbability ? ClassTotals.quantized(x) : x;
  }

  private int atom(long key) {
    int atom = index.of(key);
    if (atom >= counts.size()) {
      counts.resize(index.capacity());
      sums.resize(index.capacity() * stride);
    }
    return atom;
  }

  /** Goes from distinct scores to cells. */
  private void degrade() {
    ScoreStore cells = new ScoreStore(isProbability, isPlain, keepsSums, grid, limit);
    cells.becomeGrid();
    cells.addAll(this);
    isExact = false;
    index = cells.index;
    counts = cells.counts;
    stride = cells.stride;
    sums = cells.sums;
  }

  private void becomeGrid() {
    isExact = false;
    if (isCounted()) {
      counts = new AtomCounts(counts.size(), keepsSums ? PLAIN_SUMS : 0);
    } else {
      stride = isPlain ? SCORE_ALONE : ALL_SUMS;
      sums = new ExactSums(counts.size() * stride);
    }
  }

  /** Adds the rows of another of the same kind. */
  public void merge(ScoreStore other) {
    other.settle();
    if (isExact && !other.isExact) {
      degrade();
    }
    addAll(other);
    if (isExact && index.size() > limit) {
      degrade();
    }
  }

  /** Adds the atoms of another, which is not coarser than this. */
  private void addAll(ScoreStore other) {
    for (int from = 0; from < other.index.size(); from++) {
      long key = other.index.key(from);
      boolean toCell = other.isExact && !isExact;
      double score = Double.longBitsToDouble(key);
      int atom = atom(toCell ? grid.cell(score) : key);
      if (counts.sums() == other.counts.sums()) {
        counts.addAtom(atom, other.counts, from);
      } else {
        counts.addRows(atom, other.counts.rows(from), other.counts.hits(from));
        counts.addTimes(atom, SCORED, other.counts.rows(from), kept(score));
        counts.addTimes(atom, SCORED_SQUARE, other.counts.rows(from), kept(score * score));
        counts.addTimes(atom, SCORED_OUTCOME, other.counts.hits(from), kept(score));
      }
      if (other.stride > 0) {
        for (int k = 0; k < stride; k++) {
          sums.addSum(atom * stride + k, other.sums, from * stride + k, 1);
        }
      } else if (stride > 0) {
        sums.addTimes(atom * stride + SCORED, other.counts.rows(from), score);
      }
    }
  }

  /** Whether its atoms can be put into bins. */
  boolean canFill(Binning binning) {
    return isProbability && (isExact || (keepsSums && binning.holds(grid.binning())));
  }

  /** Adds its atoms to the bins from cell {@code first} on. */
  void fill(Cells cells, int first, Binning binning) {
    ExactSums read = exactSums();
    int width = sumsOfAtom();
    for (int atom = 0; atom < index.size(); atom++) {
      long key = index.key(atom);
      double score = Double.longBitsToDouble(key);
      int bin = isExact ? binning.of(score) : binning.ofFiner(grid.binning(), (int) key);
      if (width > 0) {
        cells.addRows(
            first + bin, counts.rows(atom), counts.hits(atom), read, atom * width, CELL_SUMS);
      } else {
        cells.addRows(first + bin, kept(score), counts.rows(atom), counts.hits(atom));
      }
    }
  }

  private ExactSums exactSums() {
    return counts.sums() > 0 ? counts.exactSums() : sums;
  }

  private int sumsOfAtom() {
    return counts.sums() > 0 ? PLAIN_SUMS : stride;
  }

  boolean isExact() {
    return isExact;
  }

  /** The number of atoms. */
  int size() {
    settle();
    return index.size();
  }

  Placements placements() {
    return isExact
        ? new Placements(atoms())
        : new Placements(atoms(), score -> (int) grid.cell(score));
  }

  /** The distribution; of cells the score is the mean of the scores. */
  public Atoms atoms() {
    settle();
    int n = index.size();
    ExactSums read = exactSums();
    int width = sumsOfAtom();
    double[] score = new double[n];
    int[] order = order();
    long[] count = new long[n];
    double[] weight = new double[n];
    double[] squaredWeight = new double[n];
    double[] outcome = new double[n];
    double[] scored = new double[n];
    double[] scoredSquare = new double[n];
    double[] scoredOutcome = new double[n];
    for (int i = 0; i < n; i++) {
      int atom = order[i];
      int at = atom * width;
      count[i] = counts.rows(atom);
      weight[i] = isPlain ? counts.rows(atom) : read.value(at + WEIGHT);
      squaredWeight[i] = isPlain ? counts.rows(atom) : read.value(at + SQUARED_WEIGHT);
      outcome[i] = isPlain ? counts.hits(atom) : read.value(at + OUTCOME);
      if (isExact || width == 0) {
        double s =
            isExact ? Double.longBitsToDouble(index.key(atom)) : grid.middle(index.key(atom));
        score[i] = s;
        scored[i] = weight[i] * s;
        scoredSquare[i] = weight[i] * s * s;
        scoredOutcome[i] = outcome[i] * s;
      } else {
        scored[i] = read.value(at + SCORED);
        score[i] = scored[i] / weight[i];
        scoredSquare[i] =
            width == SCORE_ALONE ? scored[i] * score[i] : read.value(at + SCORED_SQUARE);
        scoredOutcome[i] =
            width == SCORE_ALONE ? outcome[i] * score[i] : read.value(at + SCORED_OUTCOME);
        // Rounding must not make neighbouring cells meet.
        score[i] = i > 0 && score[i] <= score[i - 1] ? Math.nextUp(score[i - 1]) : score[i];
      }
    }
    return new Atoms(
        score, count, weight, squaredWeight, outcome, scored, scoredSquare, scoredOutcome, isExact);
  }

  /** The atoms in ascending order of score. */
  private int[] order() {
    long[] sorted = index.sortedKeys();
    int n = sorted.length;
    int[] order = new int[n];
    int negative = 0;
    while (isExact && negative < n && sorted[negative] < 0) {
      negative++;
    }
    // As whole numbers the bits of doubles below 0 ascend while the doubles descend.
    for (int i = 0; i < n; i++) {
      order[i] = index.of(sorted[i < negative ? negative - 1 - i : i]);
    }
    return order;
  }

  /** Writes the distribution. */
  public void write(DataOutput out) throws IOException {
    settle();
    out.writeBoolean(isExact);
    out.writeInt(index.size());
    int[] order = order();
    long[] keys = Arrays.stream(order).mapToLong(index::key).toArray();
    Longs.write(keys, keys.length, out);
    counts.write(order, out);
    ExactSums sorted = new ExactSums(order.length * stride);
    for (int i = 0; i < order.length; i++) {
      for (int k = 0; k < stride; k++) {
        sorted.addSum(i * stride + k, sums, order[i] * stride + k, 1);
      }
    }
    sorted.write(out);
  }

  private boolean isScore(double score) {
    return isProbability ? score >= 0 && score <= 2 : !Double.isNaN(score);
  }

  /** Reads what {@link #write} wrote into this, which has no rows. */
  public void read(DataInput in) throws IOException {
    if (!in.readBoolean()) {
      becomeGrid();
    }
    int n = Lengths.read("scores", isExact ? limit : grid.size(), in);
    long[] keys = Longs.read(n, in);
    for (int i = 0; i < n; i++) {
      boolean isKey = isExact ? isScore(Double.longBitsToDouble(keys[i])) : grid.isCell(keys[i]);
      if (!isKey || atom(keys[i]) != i) {
        throw new StreamCorruptedException(keys[i] + " is no score or cell, or is there twice");
      }
    }
    counts.read(n, in);
    ExactSums read = ExactSums.read(n * stride, in);
    for (int i = 0; i < n && !isPlain; i++) {
      if (!(read.value(i * stride + WEIGHT) > 0)) {
        throw new StreamCorruptedException("rows of a score weigh nothing together");
      }
    }
    read.resize(counts.size() * stride);
    sums = read;
  }
}
