// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.List;
import java.util.Map;

/**
 * A score as miscalibration - discrimination + uncertainty, by the isotonic recalibration of p
 * (Dimitriadis, Gneiting, Jordan 2021, doi:10.1073/pnas.2016191118). With S of p, of its isotonic
 * recalibration and of the overall rate of y: miscalibration = S(p) - S(isotonic), discrimination =
 * S(rate) - S(isotonic), uncertainty = S(rate). Outcomes are 0 or 1.
 *
 * <p>Parts: {@code score}, {@code miscalibration}, {@code discrimination}, {@code uncertainty}, NaN
 * without rows; {@code error_bound}: on a grid the exact miscalibration and discrimination are not
 * lower, and higher by at most this: S(isotonic) is at best what it is with the outcomes 0 of a
 * cell before its outcomes 1. For the Brier score that is no more than twice the largest mass of a
 * cell. A grid does not tell the log score of p: give it, or the score and the miscalibration are
 * NaN.
 */
public record CorpDecomposition(BinaryScore score) implements Scan {

  private static final List<String> PARTS =
      List.of("score", "miscalibration", "discrimination", "uncertainty", "error_bound");

  private static final int SCORE = 0;

  /** How many numbers the blocks of the fit take; those of the best order follow, if any. */
  private static final int FIT_SIZE = 1;

  private static final int BLOCKS = 2;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    CompensatedSum sum = new CompensatedSum();
    IsotonicFit fit = new IsotonicFit();
    IsotonicFit best = new IsotonicFit();
    for (int i = 0; i < stretch.size(); i++) {
      double weight = stretch.weight()[i];
      double outcome = stretch.outcome()[i];
      fit.add(weight, outcome);
      sum.add(scoreOf(stretch, i));
      if (!stretch.isExact()) {
        if (outcome < weight) {
          best.add(weight - outcome, 0);
        }
        if (outcome > 0) {
          best.add(outcome, outcome);
        }
      }
    }
    return scanned(sum.value(), fit, best);
  }

  private double scoreOf(Atoms atoms, int i) {
    if (atoms.isExact()) {
      return score.sum(atoms.weight()[i], atoms.outcome()[i], atoms.score()[i]);
    }
    return score == BinaryScore.BRIER ? Residuals.square(atoms, i) : Double.NaN;
  }

  private static double[] scanned(double sum, IsotonicFit fit, IsotonicFit best) {
    double[] blocks = fit.blocks();
    double[] bestBlocks = best.blocks();
    double[] scanned = new double[BLOCKS + blocks.length + bestBlocks.length];
    scanned[SCORE] = sum;
    scanned[FIT_SIZE] = blocks.length;
    System.arraycopy(blocks, 0, scanned, BLOCKS, blocks.length);
    System.arraycopy(bestBlocks, 0, scanned, BLOCKS + blocks.length, bestBlocks.length);
    return scanned;
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    IsotonicFit fit = new IsotonicFit();
    IsotonicFit best = new IsotonicFit();
    for (double[] part : List.of(lower, higher)) {
      int end = BLOCKS + (int) part[FIT_SIZE];
      fit.addAll(part, BLOCKS, end);
      best.addAll(part, end, part.length);
    }
    return scanned(lower[SCORE] + higher[SCORE], fit, best);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    return read(scanned, total, scanned[SCORE] / total.weight());
  }

  /** As {@link #of(Atoms)}, given the mean score of p. */
  public Map<String, Double> of(Atoms whole, double meanScore) {
    return read(scan(whole, Sums.NONE, Sums.NONE), whole.total(), meanScore);
  }

  /** As {@link #read(double[], Sums)}, given the mean score of p. */
  public Map<String, Double> read(double[] scanned, Sums total, double meanScore) {
    double weight = total.weight();
    if (!(weight > 0)) {
      return Parts.undefined(PARTS);
    }
    int end = BLOCKS + (int) scanned[FIT_SIZE];
    double isotonic = recalibrated(scanned, BLOCKS, end) / weight;
    double uncertainty = score.sum(weight, total.outcome(), total.outcome() / weight) / weight;
    double bound =
        end < scanned.length
            ? Math.max(0, isotonic - recalibrated(scanned, end, scanned.length) / weight)
            : 0;
    return Parts.named(
        PARTS, meanScore, meanScore - isotonic, uncertainty - isotonic, uncertainty, bound);
  }

  private double recalibrated(double[] blocks, int from, int to) {
    CompensatedSum sum = new CompensatedSum();
    for (int i = from; i < to; i += 2) {
      sum.add(score.sum(blocks[i], blocks[i + 1], blocks[i + 1] / blocks[i]));
    }
    return sum.value();
  }
}
