// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The log loss as refinement, what is left at the best temperature, and calibration, what the
 * temperature removes (Berta et al. 2025, arXiv:2501.19195), both on the same rows. The loss is
 * convex in the inverse temperature, which is searched in [exp(-10), exp(10)].
 */
public final class LogLossRefinement {

  private static final List<String> PARTS =
      List.of("log_loss", "refinement", "calibration", "temperature");

  /** Of ln beta, in steps; 0 is one of them. */
  private static final double RANGE = 10;

  private static final int STEPS = 16;

  private static final double TOLERANCE = 1e-10;
  private static final int MOST_PASSES = 60;

  /** How far from the guess to look on both sides, in units of the bracket. */
  private static final double[] DISTANCES = {0, 0x1p-12, 0x1p-8, 0x1p-5, 0x1p-2};

  private LogLossRefinement() {}

  /**
   * The mean loss of logits times a factor, and its derivative by the factor.
   *
   * @param loss the mean negative log-likelihood, in nats
   * @param slope its derivative
   */
  public record ScaledLoss(double loss, double slope) {}

  /** A table of logits. */
  @FunctionalInterface
  public interface Rows {
    /** One pass over the rows: the loss of the logits times each of the factors. */
    List<ScaledLoss> at(double... betas);
  }

  /**
   * A factor and its loss.
   *
   * @param log of the factor
   */
  private record Point(double log, ScaledLoss at) {

    double slope() {
      return at.slope();
    }
  }

  /**
   * The decomposition, by some six passes. Parts: {@code log_loss}, {@code refinement}, {@code
   * calibration}, {@code temperature}; the end of the range when the loss has no minimum inside.
   * All are NaN when the loss is not finite, as without rows.
   */
  public static Map<String, Double> of(Rows rows) {
    List<Point> points =
        evaluated(
            rows, IntStream.rangeClosed(0, STEPS).mapToDouble(i -> RANGE * (2.0 * i / STEPS - 1)));
    double loss = points.get(STEPS / 2).at.loss();
    if (!Double.isFinite(loss)) {
      return Parts.undefined(PARTS);
    }
    Point best = minimum(rows, points);
    double refinement = best.at.loss();
    return Parts.named(PARTS, loss, refinement, loss - refinement, StrictMath.exp(-best.log));
  }

  private static List<Point> evaluated(Rows rows, DoubleStream logs) {
    double[] at = logs.toArray();
    List<ScaledLoss> losses = rows.at(Arrays.stream(at).map(StrictMath::exp).toArray());
    return IntStream.range(0, at.length).mapToObj(i -> new Point(at[i], losses.get(i))).toList();
  }

  /** The slope rises with the factor: its root is between neighbours of different signs. */
  private static Point minimum(Rows rows, List<Point> first) {
    Point low = null;
    Point high = null;
    List<Point> points = first;
    for (int pass = 1; ; pass++) {
      for (Point point : points) {
        if (point.slope() == 0) {
          return point;
        }
        if (point.slope() < 0 && (low == null || point.log > low.log)) {
          low = point;
        } else if (point.slope() > 0 && (high == null || point.log < high.log)) {
          high = point;
        }
      }
      if (low == null || high == null) {
        return low == null ? first.get(0) : first.get(STEPS);
      }
      if (high.log - low.log <= TOLERANCE || pass == MOST_PASSES) {
        return low.at.loss() < high.at.loss() ? low : high;
      }
      points = evaluated(rows, between(low, high));
    }
  }

  /** Points about the root of the secant, ever closer to it. */
  private static DoubleStream between(Point low, Point high) {
    double width = high.log - low.log;
    double guess = high.log - high.slope() * width / (high.slope() - low.slope());
    return Arrays.stream(DISTANCES)
        .flatMap(
            d ->
                d == 0
                    ? DoubleStream.of(guess)
                    : DoubleStream.of(guess - d * width, guess + d * width))
        .map(x -> x > low.log && x < high.log ? x : 0.5 * (low.log + high.log))
        .distinct();
  }
}
