// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparklosses.exact.ExactSums;

/**
 * Finds thresholds in two steps: of each the cell that it is in, from the counts of all cells; then
 * the threshold, from the counts of the scores in those cells. Any number of shares and classes
 * take the same two steps.
 */
public final class ThresholdSearch {

  private final double[] alphas;

  /** By class: of each alpha where the threshold is; null where it is infinite. */
  private final SortedMap<Integer, Step[]> steps = new TreeMap<>();

  /**
   * The cell of a threshold.
   *
   * @param cell its place
   * @param below the scores of the same class in the cells below
   * @param wanted how many scores there are to be up to the threshold
   */
  private record Step(long cell, Amount below, Wanted wanted) {}

  /**
   * Begins a search.
   *
   * @param counts of all cells
   * @param alphas the shares left out, in (0, 1)
   * @param testWeight the weight of a new row, if rows have weights
   */
  public ThresholdSearch(ScoreCounts counts, double[] alphas, double testWeight) {
    this.alphas = alphas.clone();
    long[] cells = counts.places();
    int classBits = Integer.SIZE - SortableFloats.LOW_BITS;
    for (int from = 0; from < cells.length; ) {
      int classIndex = (int) (cells[from] >>> classBits);
      int to = from;
      while (to < cells.length && cells[to] >>> classBits == classIndex) {
        to++;
      }
      steps.put(classIndex, steps(counts, Arrays.copyOfRange(cells, from, to), testWeight));
      from = to;
    }
  }

  private Step[] steps(ScoreCounts counts, long[] cells, double testWeight) {
    Amount all = new Amount();
    for (long cell : cells) {
      all.add(counts, cell, 1);
    }
    Wanted[] wanted = new Wanted[alphas.length];
    for (int a = 0; a < alphas.length; a++) {
      wanted[a] = Wanted.of(counts.isWeighted(), all, alphas[a], testWeight);
    }
    Step[] found = new Step[alphas.length];
    Amount upTo = new Amount();
    for (long cell : cells) {
      upTo.add(counts, cell, 1);
      for (int a = 0; a < alphas.length; a++) {
        if (found[a] == null && wanted[a].isReached(upTo)) {
          Amount below = upTo.copy();
          below.add(counts, cell, -1);
          found[a] = new Step(cell, below, wanted[a]);
        }
      }
    }
    return found;
  }

  /** The cells that thresholds are in, ascending. */
  public long[] cells() {
    return steps.values().stream()
        .flatMap(Arrays::stream)
        .filter(step -> step != null)
        .mapToLong(Step::cell)
        .sorted()
        .distinct()
        .toArray();
  }

  /** How many rows of a class are in the cells below that of a threshold. */
  long rowsBelow(int classIndex, int alpha) {
    return steps.get(classIndex)[alpha].below().rows;
  }

  /**
   * The thresholds by class, one for each alpha; +infinity where the rows of a class are too few. A
   * class without rows is absent.
   *
   * @param counts of the scores within {@link #cells}
   */
  public Map<Integer, float[]> thresholds(ScoreCounts counts) {
    Map<Long, List<Long>> scoresOfCells = new TreeMap<>();
    for (long score : counts.places()) {
      scoresOfCells
          .computeIfAbsent(score >>> SortableFloats.LOW_BITS, cell -> new ArrayList<>())
          .add(score);
    }
    Map<Integer, float[]> thresholds = new TreeMap<>();
    steps.forEach(
        (classIndex, found) -> {
          float[] ofClass = new float[alphas.length];
          for (int a = 0; a < alphas.length; a++) {
            ofClass[a] =
                found[a] == null
                    ? Float.POSITIVE_INFINITY
                    : threshold(
                        found[a], counts, scoresOfCells.getOrDefault(found[a].cell(), List.of()));
          }
          thresholds.put(classIndex, ofClass);
        });
    return thresholds;
  }

  private static float threshold(Step step, ScoreCounts counts, List<Long> scores) {
    Amount upTo = step.below().copy();
    for (long score : scores) {
      upTo.add(counts, score, 1);
      if (step.wanted().isReached(upTo)) {
        return SortableFloats.value(score);
      }
    }
    throw new IllegalStateException(
        "the second scan of the table found other rows than the first: it is not the same whenever"
            + " it is read, as after rand() or a limit without an order; write or persist it before"
            + " the fit");
  }

  /** Rows, and the exact sum of their weights. */
  private static final class Amount {

    private long rows;
    private final ExactSums weight = new ExactSums(1);

    void add(ScoreCounts counts, long place, int times) {
      rows += times * counts.rows(place);
      counts.addWeight(place, weight, times);
    }

    Amount copy() {
      Amount copy = new Amount();
      copy.rows = rows;
      copy.weight.merge(weight);
      return copy;
    }
  }

  /**
   * How much there is to be up to a threshold.
   *
   * @param rows so many, unless weights count
   * @param all the weight of all and of a new row; NaN where rows count
   * @param share of that weight
   */
  private record Wanted(long rows, double all, double share) {

    static Wanted of(boolean isWeighted, Amount all, double alpha, double testWeight) {
      return isWeighted
          ? new Wanted(0, all.weight.value(0) + testWeight, 1 - alpha - ConformalQuantile.ROUNDING)
          : new Wanted(ConformalRank.of(all.rows, alpha), Double.NaN, Double.NaN);
    }

    boolean isReached(Amount upTo) {
      return Double.isNaN(all)
          ? upTo.rows >= rows
          : upTo.rows > 0 && upTo.weight.value(0) / all >= share;
    }
  }
}
