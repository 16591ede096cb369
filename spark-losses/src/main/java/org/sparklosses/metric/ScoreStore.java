// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;
import org.sparklosses.exact.AtomCounts;
import org.sparklosses.exact.Binning;
import org.sparklosses.exact.Cells;
import org.sparklosses.exact.ClassTotals;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.KeyIndex;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Placements;

/**
 * The distribution of one series of scores with their outcomes: by distinct score, or, when these
 * are more than a limit, by cell of a {@link ScoreGrid}, at the finest level at which the cells in
 * use are few enough. Which of it depends on the scores alone, and all sums are exact, so that
 * neither order nor partitioning matters.
 *
 * <p>Without weights and of binary outcomes an atom is a score and two counts. Otherwise, and on
 * the grid, sums are kept of w, w^2, wy, ws, ws^2 and wsy, as far as counts do not say them, where
 * s is what is said of the score; without weights and of scores that are no probabilities, of s
 * alone. In these sums a probability and its square are rounded to multiples of 2^-52, which bounds
 * the size.
 *
 * <p>Layout when written: {@code byte level} (0 for distinct scores), {@code int atoms}, the keys
 * in ascending order, the {@link AtomCounts} and the {@link ExactSums} in the same order. The
 * former hold the sums of a grid of probabilities with binary outcomes and without weights, the
 * latter all other sums.
 */
public final class ScoreStore {

  /** So many distinct scores are kept apart, unless another limit is given. */
  static final int EXACT_LIMIT = 10_000;

  private static final int INITIAL_CAPACITY = 16;

  private static final int SAID = 0;
  private static final int SAID_SQUARE = 1;
  private static final int SAID_OUTCOME = 2;
  private static final int WEIGHT = 3;
  private static final int SQUARED_WEIGHT = 4;
  private static final int OUTCOME = 5;
  private static final int SCORE_ALONE = 1;
  private static final int PLAIN_SUMS = 3;
  private static final int ALL_SUMS = 6;

  /** The sums of {@link Cells}, in their order. */
  private static final int[] CELL_SUMS = {SAID, WEIGHT, SQUARED_WEIGHT, OUTCOME};

  private static final int KEEPS_COUNTS_ONLY = 0;

  /** The level of distinct scores. */
  private static final int EXACT = 0;

  private final ScoreScale scale;

  /** Whether sums of w, w^2 and wy are the counts. */
  private final boolean isPlain;

  /** Whether cells without weights keep sums besides the counts. */
  private final boolean keepsSums;

  private final ScoreGrid grid;
  private final int limit;

  private int level = EXACT;
  private KeyIndex index = new KeyIndex(INITIAL_CAPACITY);
  private AtomCounts counts = new AtomCounts(INITIAL_CAPACITY, 0);
  private int stride;
  private ExactSums sums;

  /**
   * A distribution of no rows.
   *
   * @param isPlain whether rows have no weights and outcomes are 0 or 1
   * @param keepsSums false if, of plain probabilities, cells need not tell the mean of their scores
   * @param limit the most distinct scores that are kept apart
   */
  ScoreStore(boolean isPlain, boolean keepsSums, ScoreGrid grid, int limit) {
    this.scale = grid.scale();
    this.isPlain = isPlain;
    this.keepsSums = keepsSums;
    this.grid = grid;
    this.limit = limit;
    stride = isPlain ? KEEPS_COUNTS_ONLY : ALL_SUMS;
    sums = new ExactSums(INITIAL_CAPACITY * stride);
  }

  /** A distribution of any numbers with any outcomes and weights, over no rows. */
  public static ScoreStore ofNumbers() {
    return new ScoreStore(false, true, ScoreGrid.of(ScoreScale.NUMBER, false, 1), EXACT_LIMIT);
  }

  /**
   * A distribution of any numbers by distinct score, however many they are.
   *
   * @param isPlain whether rows have no weights and outcomes are 0 or 1
   */
  public static ScoreStore unlimited(boolean isPlain) {
    return new ScoreStore(
        isPlain, true, ScoreGrid.of(ScoreScale.NUMBER, false, 1), Integer.MAX_VALUE);
  }

  /** Adds so many rows of the same score, outcome and weight to distinct scores. */
  public void add(double score, double outcome, double w, long rows) {
    int atom = atom(key(score));
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
    int atom = atom(key(score));
    counts.addRows(atom, 1, outcome > 0 ? 1 : 0);
    if (counts.sums() > 0) {
      addSaid(atom, score, outcome);
    } else if (stride > 0) {
      double s = scale.said(score);
      int at = atom * stride;
      sums.add(at + SAID, w * kept(s));
      if (!isPlain) {
        sums.add(at + SAID_SQUARE, w * kept(s * s));
        sums.add(at + SAID_OUTCOME, w * kept(s) * outcome);
        sums.add(at + WEIGHT, w);
        sums.add(at + SQUARED_WEIGHT, w * w);
        sums.add(at + OUTCOME, w * outcome);
      }
    }
    fit();
  }

  /** What an atom of the level is found by. */
  private long key(double score) {
    return isExact() ? Double.doubleToRawLongBits(score + 0.0) : grid.cell(score, level);
  }

  /**
   * Adds the rows [from, to).
   *
   * @param scores of each row, not NaN
   * @param w the weight of each row
   * @param atoms scratch for a number of each row
   */
  void add(double[] scores, double[] outcomes, double[] w, int from, int to, int[] atoms) {
    int first = from;
    for (; first < to && !isCounted(); first++) {
      add(scores[first], outcomes[first], w[first]);
    }
    if (first < to) {
      count(scores, outcomes, first, to, atoms);
      fit();
    }
  }

  /** Whether it is a grid whose cells are counts. */
  private boolean isCounted() {
    return !isExact() && isPlain && scale.saysProbabilities();
  }

  private void count(double[] scores, double[] outcomes, int from, int to, int[] atoms) {
    for (int r = from; r < to; r++) {
      atoms[r] = atom(grid.cell(scores[r], level));
    }
    counts.addRows(atoms, outcomes, from, to);
    for (int r = from; keepsSums && r < to; r++) {
      addSaid(atoms[r], scores[r], outcomes[r]);
    }
  }

  private void addSaid(int atom, double score, double outcome) {
    double s = scale.said(score);
    counts.add(atom, SAID, kept(s));
    counts.add(atom, SAID_SQUARE, kept(s * s));
    if (outcome > 0) {
      counts.add(atom, SAID_OUTCOME, kept(s));
    }
  }

  private double kept(double x) {
    return scale.saysProbabilities() ? ClassTotals.quantized(x) : x;
  }

  private int atom(long key) {
    int atom = index.of(key);
    if (atom >= counts.size()) {
      counts.resize(index.capacity());
      sums.resize(index.capacity() * stride);
    }
    return atom;
  }

  /** Goes on to a level at which the atoms are few enough. */
  private void fit() {
    if (isExact() && index.size() > limit) {
      become(ScoreGrid.FIRST_LEVEL);
    }
    if (!isExact() && index.size() > grid.mostCells()) {
      become(level + grid.levelsOn(index.sortedKeys(), level));
    }
  }

  /** Goes on to a coarser level. */
  private void become(int coarser) {
    ScoreStore cells = new ScoreStore(isPlain, keepsSums, grid, limit);
    cells.startCells(coarser);
    // In order, so that cells that are close are close in memory too: most scores are.
    for (int atom : order()) {
      cells.addAtom(this, atom);
    }
    level = cells.level;
    index = cells.index;
    counts = cells.counts;
    stride = cells.stride;
    sums = cells.sums;
  }

  private void startCells(int newLevel) {
    level = newLevel;
    if (isCounted()) {
      counts = new AtomCounts(counts.size(), keepsSums ? PLAIN_SUMS : 0);
    } else {
      stride = isPlain ? SCORE_ALONE : ALL_SUMS;
      sums = new ExactSums(counts.size() * stride);
    }
  }

  /** Adds the rows of another of the same kind. */
  public void merge(ScoreStore other) {
    if (isExact() && !other.isExact()) {
      become(ScoreGrid.FIRST_LEVEL);
    }
    if (level < other.level) {
      become(other.level);
    }
    for (int atom = 0; atom < other.index.size(); atom++) {
      addAtom(other, atom);
    }
    fit();
  }

  /** Adds an atom of another, which is not coarser than this. */
  private void addAtom(ScoreStore other, int from) {
    long key = other.index.key(from);
    int atom = atom(isExact() ? key : cell(other, key));
    if (counts.sums() == other.counts.sums()) {
      counts.addAtom(atom, other.counts, from);
    } else {
      double s = scale.said(Double.longBitsToDouble(key));
      counts.addRows(atom, other.counts.rows(from), other.counts.hits(from));
      counts.addTimes(atom, SAID, other.counts.rows(from), kept(s));
      counts.addTimes(atom, SAID_SQUARE, other.counts.rows(from), kept(s * s));
      counts.addTimes(atom, SAID_OUTCOME, other.counts.hits(from), kept(s));
    }
    if (other.stride > 0) {
      for (int k = 0; k < stride; k++) {
        sums.addSum(atom * stride + k, other.sums, from * stride + k, 1);
      }
    } else if (stride > 0) {
      sums.addTimes(
          atom * stride + SAID, other.counts.rows(from), scale.said(Double.longBitsToDouble(key)));
    }
  }

  /** The cell of an atom of another. */
  private long cell(ScoreStore other, long key) {
    return other.isExact()
        ? grid.cell(Double.longBitsToDouble(key), level)
        : grid.coarser(key, level - other.level);
  }

  /** Whether its atoms can be put into bins. */
  boolean canFill(Binning binning) {
    return scale.saysProbabilities() && (isExact() || binning.holds(grid.binning()));
  }

  /** Adds its atoms to the bins from cell {@code first} on. */
  void fill(Cells cells, int first, Binning binning) {
    ExactSums read = exactSums();
    int width = sumsOfAtom();
    for (int atom = 0; atom < index.size(); atom++) {
      long key = index.key(atom);
      double s = scale.said(Double.longBitsToDouble(key));
      int bin = isExact() ? binning.of(s) : binning.ofFiner(grid.binning(), grid.bin(key));
      if (width > 0) {
        cells.addRows(
            first + bin, counts.rows(atom), counts.hits(atom), read, atom * width, CELL_SUMS);
      } else {
        cells.addRows(first + bin, kept(s), counts.rows(atom), counts.hits(atom));
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
    return level == EXACT;
  }

  /** The number of atoms. */
  int size() {
    return index.size();
  }

  /** The placements of rows by {@link #ranks}; rows of one cell are tied. */
  Placements placements() {
    Atoms ranks = ranks();
    long[] keys = Arrays.stream(order()).mapToLong(index::key).toArray();
    if (!isExact()) {
      return new Placements(ranks, score -> Arrays.binarySearch(keys, grid.cell(score, level)));
    }
    double[] scores = Arrays.stream(keys).mapToDouble(Double::longBitsToDouble).toArray();
    return new Placements(ranks, score -> Arrays.binarySearch(scores, score + 0.0));
  }

  /**
   * The distribution by what is said of the scores, of cells by the mean of it; scores of which the
   * same is said are one.
   */
  public Atoms atoms() {
    return ranks().joined();
  }

  /** As {@link #atoms}, with every score apart: several atoms in a row may say the same. */
  public Atoms ranks() {
    int n = index.size();
    ExactSums read = exactSums();
    int width = sumsOfAtom();
    double[] said = new double[n];
    int[] order = order();
    long[] count = new long[n];
    double[] weight = new double[n];
    double[] squaredWeight = new double[n];
    double[] outcome = new double[n];
    double[] saidSum = new double[n];
    double[] saidSquare = new double[n];
    double[] saidOutcome = new double[n];
    for (int i = 0; i < n; i++) {
      int atom = order[i];
      int at = atom * width;
      count[i] = counts.rows(atom);
      weight[i] = isPlain ? counts.rows(atom) : read.value(at + WEIGHT);
      squaredWeight[i] = isPlain ? counts.rows(atom) : read.value(at + SQUARED_WEIGHT);
      outcome[i] = isPlain ? counts.hits(atom) : read.value(at + OUTCOME);
      if (isExact() || width == 0) {
        // Rounding must not make neighbours change places.
        double s = i > 0 ? Math.max(said[i - 1], said(index.key(atom))) : said(index.key(atom));
        said[i] = s;
        saidSum[i] = weight[i] * s;
        saidSquare[i] = weight[i] * s * s;
        saidOutcome[i] = outcome[i] * s;
      } else {
        saidSum[i] = read.value(at + SAID);
        said[i] = saidSum[i] / weight[i];
        saidSquare[i] = width == SCORE_ALONE ? saidSum[i] * said[i] : read.value(at + SAID_SQUARE);
        saidOutcome[i] =
            width == SCORE_ALONE ? outcome[i] * said[i] : read.value(at + SAID_OUTCOME);
        // Nor make neighbouring cells meet.
        said[i] = i > 0 && said[i] <= said[i - 1] ? Math.nextUp(said[i - 1]) : said[i];
      }
    }
    return new Atoms(
        said, count, weight, squaredWeight, outcome, saidSum, saidSquare, saidOutcome, isExact());
  }

  /** What is said of a distinct score, or of the middle of a cell. */
  private double said(long key) {
    return scale.said(isExact() ? Double.longBitsToDouble(key) : grid.middle(key, level));
  }

  /** The atoms in ascending order of score. */
  private int[] order() {
    long[] sorted = index.sortedKeys();
    int n = sorted.length;
    int[] order = new int[n];
    int negative = 0;
    while (isExact() && negative < n && sorted[negative] < 0) {
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
    out.writeByte(level);
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

  /**
   * Reads what {@link #write} wrote into this, which has no rows.
   *
   * @throws IOException if it is no such distribution
   */
  public void read(DataInput in) throws IOException {
    int written = in.readByte();
    if (written != EXACT) {
      ScoreGrid.checkLevel(written);
      startCells(written);
    }
    int n = Lengths.read("scores", isExact() ? limit : grid.mostCells(), in);
    long[] keys = Longs.read(n, in);
    for (int i = 0; i < n; i++) {
      if (!isKey(keys[i]) || atom(keys[i]) != i) {
        throw new StreamCorruptedException(keys[i] + " is no score or cell, or is there twice");
      }
    }
    counts.read(n, in);
    sums = ExactSums.read(n * stride, in);
    for (int i = 0; i < n && !isPlain; i++) {
      if (!(sums.value(i * stride + WEIGHT) > 0)) {
        throw new StreamCorruptedException("rows of a score weigh nothing together");
      }
    }
    sums.resize(counts.size() * stride);
  }

  private boolean isKey(long key) {
    if (!isExact()) {
      return grid.isCell(key, level);
    }
    double score = Double.longBitsToDouble(key);
    return scale == ScoreScale.PROBABILITY ? score >= 0 && score <= 2 : !Double.isNaN(score);
  }
}
