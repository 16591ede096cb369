// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.sparklosses.exact.Binning;
import org.sparklosses.exact.Cells;
import org.sparklosses.exact.SumSink;

/**
 * Sums over rows that metrics are functions of, as one vector: of any multiple of the rows the
 * vector is the same multiple, so that a resampled table can be had from the sums of its parts.
 * They are the sums behind all means and behind the bins of one series, up to {@link #MOST_BINS} of
 * them.
 *
 * <p>Layout: the number of rows and, with weights, the sum of w; the sum of wx for each mean; for
 * each bin the number of pairs, those that came true and the sum of wp, and with weights the sums
 * of w, w^2 and wy.
 *
 * @param means the means
 * @param binned the bins
 * @param weighted whether rows have weights
 */
public record AdditiveSums(List<Mean> means, List<Binned> binned, boolean weighted) {

  /** More bins than that are left out: each takes as much memory as a mean or several. */
  public static final int MOST_BINS = 100;

  /** Copies the lists. */
  public AdditiveSums {
    means = List.copyOf(means);
    binned = List.copyOf(binned);
  }

  /** What is additive of what a plan keeps. */
  public static AdditiveSums of(MetricPlan plan) {
    return new AdditiveSums(
        plan.means(),
        plan.components().stream()
            .filter(Binned.class::isInstance)
            .map(Binned.class::cast)
            .filter(bins -> bins.binning().cells() <= MOST_BINS && bins.isOneSeries())
            .toList(),
        plan.weighted());
  }

  /** The length of the vector. */
  public int size() {
    int cells = binned.stream().mapToInt(bins -> bins.binning().cells()).sum();
    return firstCell() + cells * Cells.summands(weighted);
  }

  private int firstMean() {
    return weighted ? 2 : 1;
  }

  private int firstCell() {
    return firstMean() + means.size();
  }

  /** Whether a metric is a function of the sums. */
  public boolean determine(BoundMetric metric) {
    Set<Need> kept = new HashSet<>(means);
    kept.addAll(binned);
    return kept.containsAll(metric.needs());
  }

  /**
   * What tells the summands of rows.
   *
   * @param shared of the state that the rows are added to
   */
  public Summands summands(SharedSums shared) {
    return new Summands(this, shared);
  }

  /** A state that keeps these sums, given the vector. */
  public MetricState state(double[] sums, int classes) {
    MetricState state = new MetricState(new MetricPlan(means, List.copyOf(binned), weighted));
    state.shared().setRows(classes, (long) sums[0], sums[firstMean() - 1]);
    for (int i = 0; i < means.size(); i++) {
      state.setMean(i, sums[firstMean() + i]);
    }
    int at = firstCell();
    for (Binned bins : binned) {
      state.get(bins).setCells(sums, at);
      at += bins.binning().cells() * Cells.summands(weighted);
    }
    return state;
  }

  /** Tells the summands of rows that are not 0. */
  public static final class Summands {

    /** Of each row where its cell is. */
    private static final PredictionBlock.Attachment<int[]> CELLS =
        () -> new int[PredictionBlock.ROWS];

    private final AdditiveSums sums;
    private final SharedSums shared;
    private final ScoreSource.Pairs[] pairs;
    private final ScoreSource.Sink[] pairSinks;
    private final Binning[] binnings;
    private final ConfidenceBins[] confidenceBins;
    private final boolean[] isTopLabel;
    private final int[] firstCells;

    private SumSink sink;
    private int first;
    private double weight;

    private Summands(AdditiveSums sums, SharedSums shared) {
      this.sums = sums;
      this.shared = shared;
      int n = sums.binned.size();
      pairs = new ScoreSource.Pairs[n];
      pairSinks = new ScoreSource.Sink[n];
      binnings = new Binning[n];
      confidenceBins = new ConfidenceBins[n];
      isTopLabel = new boolean[n];
      firstCells = new int[n];
      int at = sums.firstCell();
      for (int i = 0; i < n; i++) {
        int place = i;
        ScoreSource source = sums.binned.get(i).source();
        pairs[i] = source.pairs();
        pairSinks[i] =
            (series, p, outcome) -> tellCell(place, binnings[place].of(p), p, outcome > 0);
        binnings[i] = sums.binned.get(i).binning();
        confidenceBins[i] = new ConfidenceBins(binnings[i]);
        isTopLabel[i] = source.equals(ScoreSource.TOP_LABEL);
        firstCells[i] = at;
        at += binnings[i].cells() * Cells.summands(sums.weighted);
      }
    }

    /**
     * Tells those of the row that was added to the state last.
     *
     * @param to takes them; it has the vectors of several parts of the rows, one after another
     * @param begin where the row's vector begins
     */
    public void of(PredictionRow row, SumSink to, int begin) {
      start(row.weight(), to, begin);
      sink.addOne(first);
      if (sums.weighted) {
        sink.add(first + 1, weight);
      }
      int at = first + sums.firstMean();
      for (double wx : shared.summands()) {
        sink.add(at++, wx);
      }
      for (int i = 0; i < pairs.length; i++) {
        pairs[i].of(row, pairSinks[i]);
      }
    }

    /**
     * Tells those of the rows [from, to) of a block, sum by sum.
     *
     * @param summands what each row adds to the sum of each mean
     * @param begins where the vector of each row begins
     */
    public void of(
        PredictionBlock block, double[][] summands, int from, int to, SumSink out, int[] begins) {
      out.addOnes(begins, 0, from, to);
      if (sums.weighted) {
        out.add(begins, 1, block.weights(), from, to);
      }
      for (int i = 0; i < summands.length; i++) {
        out.add(begins, sums.firstMean() + i, summands[i], from, to);
      }
      for (int i = 0; i < pairs.length; i++) {
        if (isTopLabel[i] && !sums.weighted) {
          tellCells(i, block, from, to, out, begins);
        } else {
          for (int r = from; r < to; r++) {
            start(block.weight(r), out, begins[r]);
            pairs[i].of(block.row(r), pairSinks[i]);
          }
        }
      }
    }

    private void tellCells(
        int i, PredictionBlock block, int from, int to, SumSink out, int[] begins) {
      int[] bins = block.attached(confidenceBins[i]);
      int width = Cells.summands(sums.weighted);
      int[] cells = block.attached(CELLS);
      for (int r = from; r < to; r++) {
        cells[r] = begins[r] + firstCells[i] + bins[r] * width;
      }
      Cells.tellSummands(cells, block.confidence(), block.correctness(), from, to, out);
    }

    private void start(double w, SumSink to, int begin) {
      sink = to;
      first = begin;
      weight = w;
    }

    private void tellCell(int i, int bin, double p, boolean hit) {
      int at = first + firstCells[i] + bin * Cells.summands(sums.weighted);
      Cells.tellSummands(at, p, hit, weight, sums.weighted, sink);
    }
  }
}
