// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Map;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.score.AveragePrecision;

/**
 * What {@link MultilabelMetrics} are read off: counts of every label and the distribution of its
 * scores, the same in any order and partitioning.
 *
 * <p>Memory does not grow with the rows. A label keeps up to 10,000 distinct scores apart, all
 * labels together up to a million; one with more scores keeps cells (see {@link ScoreStore}), of
 * several labels up to 4,096 each and 360,000 together, but at least 100 each. An atom takes up to
 * about 64 bytes, hence a state 64 MB, of {@link #MOST_LABELS} labels 105 MB.
 *
 * <p>Layout when written: {@code int labels, long rows, long exactRows}, of each label {@code long
 * predicted, long targets, long hits}, then the {@link ScoreStore} of each.
 */
public final class MultilabelState implements Mergeable<MultilabelState> {

  /** The most labels whose distributions are kept. */
  public static final int MOST_LABELS = 1 << 14;

  private static final int PREDICTED = 0;
  private static final int TARGETS = 1;
  private static final int HITS = 2;
  private static final int COUNTS = 3;

  private static final int AVERAGE_PRECISION = 0;
  private static final int ERROR_BOUND = 1;
  private static final int PRECISION = 2;
  private static final int RECALL = 3;
  private static final int MEANS = 4;

  private static final ScoreStore[] NO_SCORES = {};

  private final ScoreScale scale;
  private final double threshold;
  private long rows;
  private long exactRows;
  private long[] counts = {};
  private ScoreStore[] scores = NO_SCORES;

  /**
   * A state of no rows.
   *
   * @param scale {@link ScoreScale#PROBABILITY}, or {@link ScoreScale#LOG_ODDS} of logits
   * @param threshold labels with a score above it are predicted
   */
  public MultilabelState(ScoreScale scale, double threshold) {
    this.scale = scale;
    this.threshold = threshold;
  }

  /**
   * Adds a row.
   *
   * @param given the score of each label, not NaN; a probability in [0, 1]
   * @param targets whether each label is a target
   * @param labels the number of labels, which is that of all rows; the arrays may be longer
   * @throws IllegalArgumentException if there are none, more than {@link #MOST_LABELS} or not as
   *     many as other rows have
   */
  public void add(double[] given, boolean[] targets, int labels) {
    if (scores.length == 0) {
      allocate(labels);
    }
    checkLabels(labels);
    boolean isExact = true;
    for (int label = 0; label < labels; label++) {
      boolean isPredicted = given[label] > threshold;
      boolean isTarget = targets[label];
      int at = label * COUNTS;
      counts[at + PREDICTED] += isPredicted ? 1 : 0;
      counts[at + TARGETS] += isTarget ? 1 : 0;
      counts[at + HITS] += isPredicted && isTarget ? 1 : 0;
      isExact &= isPredicted == isTarget;
      scores[label].add(given[label], isTarget ? 1 : 0, 1);
    }
    rows++;
    exactRows += isExact ? 1 : 0;
  }

  private void allocate(int labels) {
    if (labels < 1 || labels > MOST_LABELS) {
      throw new IllegalArgumentException(
          "%d labels; there can be 1 to %d".formatted(labels, MOST_LABELS));
    }
    counts = new long[labels * COUNTS];
    scores = new ScoreStore[labels];
    for (int label = 0; label < labels; label++) {
      scores[label] = newScores(labels);
    }
  }

  private ScoreStore newScores(int labels) {
    return new ScoreStore(true, false, ScoreGrid.of(scale, false, labels), Scores.limit(labels));
  }

  private void checkLabels(int labels) {
    if (labels != scores.length) {
      throw new IllegalArgumentException(
          "%d labels where other rows have %d".formatted(labels, scores.length));
    }
  }

  /**
   * Adds the rows of another of the same scale and threshold.
   *
   * @throws IllegalArgumentException if its rows have another number of labels
   */
  @Override
  public void merge(MultilabelState other) {
    if (other.rows == 0) {
      return;
    }
    if (rows == 0) {
      allocate(other.labels());
    }
    checkLabels(other.labels());
    rows += other.rows;
    exactRows += other.exactRows;
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    for (int label = 0; label < scores.length; label++) {
      scores[label].merge(other.scores[label]);
    }
  }

  /** The number of rows. */
  public long rows() {
    return rows;
  }

  /** The number of labels; 0 before the first row. */
  public int labels() {
    return scores.length;
  }

  /** The metrics of the rows; all NaN of none. */
  public MultilabelMetrics metrics() {
    // Sums that do not round: the means are as exact as what they are of.
    ExactSums sums = new ExactSums(MEANS);
    AveragePrecision averagePrecision = new AveragePrecision();
    long sought = 0;
    long predicted = 0;
    long targets = 0;
    long hits = 0;
    for (int label = 0; label < scores.length; label++) {
      long labelPredicted = count(label, PREDICTED);
      long labelTargets = count(label, TARGETS);
      long labelHits = count(label, HITS);
      predicted += labelPredicted;
      targets += labelTargets;
      hits += labelHits;
      if (labelTargets > 0) {
        sought++;
        Map<String, Double> parts = averagePrecision.of(scores[label].ranks());
        sums.add(AVERAGE_PRECISION, parts.get("value"));
        sums.add(ERROR_BOUND, parts.get("error_bound"));
        sums.add(PRECISION, labelPredicted > 0 ? ratio(labelHits, labelPredicted) : 0);
        sums.add(RECALL, ratio(labelHits, labelTargets));
      }
    }
    double precision = sums.value(PRECISION) / sought;
    double recall = sums.value(RECALL) / sought;
    long wrong = predicted + targets - 2 * hits;
    return new MultilabelMetrics(
        rows,
        labels(),
        sums.value(AVERAGE_PRECISION) / sought,
        sums.value(ERROR_BOUND) / sought,
        precision,
        recall,
        2 * precision * recall / (precision + recall),
        ratio(hits, predicted),
        ratio(hits, targets),
        ratio(2 * hits, predicted + targets),
        ratio(wrong, rows * labels()),
        ratio(exactRows, rows));
  }

  private long count(int label, int which) {
    return counts[label * COUNTS + which];
  }

  private static double ratio(long part, long whole) {
    return (double) part / whole;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(scores.length);
    out.writeLong(rows);
    out.writeLong(exactRows);
    Longs.write(counts, counts.length, out);
    for (ScoreStore distribution : scores) {
      distribution.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    int labels = Lengths.read("labels", MOST_LABELS, in);
    rows = in.readLong();
    exactRows = in.readLong();
    if (exactRows < 0 || exactRows > rows || (rows > 0) != (labels > 0)) {
      throw new StreamCorruptedException(
          "%d of %d rows of %d labels are no part of them".formatted(exactRows, rows, labels));
    }
    counts = Longs.read((long) labels * COUNTS, in);
    scores = new ScoreStore[labels];
    for (int label = 0; label < labels; label++) {
      checkCounts(label);
      scores[label] = newScores(labels);
      scores[label].read(in);
    }
  }

  private void checkCounts(int label) throws IOException {
    long predicted = count(label, PREDICTED);
    long targets = count(label, TARGETS);
    long hits = count(label, HITS);
    boolean areCounts =
        hits >= 0 && hits <= predicted && hits <= targets && predicted - hits <= rows - targets;
    if (!areCounts) {
      throw new StreamCorruptedException(
          "label %d: %d hits of %d predictions and %d targets in %d rows"
              .formatted(label, hits, predicted, targets, rows));
    }
  }
}
