package org.sparklosses.score;

import java.util.List;
import java.util.Map;

/**
 * The log loss as refinement, what is left at the best temperature, and calibration, what the
 * temperature removes (Berta et al. 2025, arXiv:2501.19195), both on the same rows. The loss is
 * convex in the inverse temperature, which is searched in [exp(-10), exp(10)].
 */
public final class LogLossRefinement {

  private static final List<String> PARTS =
      List.of("log_loss", "refinement", "calibration", "temperature");

  private static final double RANGE = 10;
  private static final double TOLERANCE = 1e-10;
  private static final int MOST_STEPS = 200;

  private LogLossRefinement() {}

  /**
   * The mean loss of logits times a factor, and its derivative by the factor.
   *
   * @param loss the mean negative log-likelihood, in nats
   * @param slope its derivative
   */
  public record ScaledLoss(double loss, double slope) {}

  /** One pass over the rows. */
  @FunctionalInterface
  public interface Rows {
    /** The loss of the logits times {@code beta}. */
    ScaledLoss at(double beta);
  }

  /**
   * The decomposition, by some 15 passes. Parts: {@code log_loss}, {@code refinement}, {@code
   * calibration}, {@code temperature}; the end of the range when the loss has no minimum inside.
   */
  public static Map<String, Double> of(Rows rows) {
    double loss = rows.at(1).loss();
    double beta = minimum(rows);
    double refinement = rows.at(beta).loss();
    return Parts.named(PARTS, loss, refinement, loss - refinement, 1 / beta);
  }

  /** The factor of least loss: of the slope, the root in ln beta by the Illinois method. */
  private static double minimum(Rows rows) {
    double low = -RANGE;
    double high = RANGE;
    double lowSlope = slope(rows, low);
    double highSlope = slope(rows, high);
    if (!(lowSlope < 0)) {
      return StrictMath.exp(low);
    }
    if (!(highSlope > 0)) {
      return StrictMath.exp(high);
    }
    int side = 0;
    for (int step = 0; step < MOST_STEPS && high - low > TOLERANCE; step++) {
      // Far from the root a slope is flat or steep: every third step halves.
      boolean halves = step % 3 == 2;
      double guess = high - highSlope * (high - low) / (highSlope - lowSlope);
      double at = halves || !(guess > low && guess < high) ? 0.5 * (low + high) : guess;
      double slope = slope(rows, at);
      if (slope == 0) {
        return StrictMath.exp(at);
      }
      if (slope < 0) {
        highSlope = side < 0 ? 0.5 * highSlope : highSlope;
        low = at;
        lowSlope = slope;
        side = -1;
      } else {
        lowSlope = side > 0 ? 0.5 * lowSlope : lowSlope;
        high = at;
        highSlope = slope;
        side = 1;
      }
    }
    return StrictMath.exp(0.5 * (low + high));
  }

  private static double slope(Rows rows, double logBeta) {
    return rows.at(StrictMath.exp(logBeta)).slope();
  }
}
