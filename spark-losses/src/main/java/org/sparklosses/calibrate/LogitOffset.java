// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.List;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.score.CompensatedSum;

/** A shift of the logits that gives the probabilities a known mean. */
public final class LogitOffset implements BinaryCalibrator {

  private static final String NAME = "logit_offset";

  /** For the service loader. */
  public LogitOffset() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "one number that gives probabilities the mean that is known from elsewhere, such as a"
        + " long-run default rate (central tendency); labels are not used, and order stays";
  }

  @Override
  public String formula() {
    return "sigmoid(z + d) of the logit z, d the root of mean sigmoid(z + d) = target";
  }

  @Override
  public String source() {
    return "Tasche 2013, arXiv:1302.3716";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.required(
            "target", ParameterType.DOUBLE, Range.open(0, 1), "the mean of the probabilities"));
  }

  @Override
  public BinaryFit fit(BinaryTable table, Settings settings) {
    BinaryPoints points = table.logits();
    double target = settings.number("target");
    double weight = points.weight();
    double odds = StrictMath.log(target) - StrictMath.log1p(-target);
    double low = odds - points.score()[points.size() - 1];
    double high = odds - points.score()[0];
    IncreasingRoot root =
        IncreasingRoot.of(
            d -> Mean.of(points, weight, d).above(target), low, high, 0.5 * (low + high));
    double offset = root.x();
    double miss = Math.abs(Mean.of(points, weight, offset).above(target).value());
    FitStatus status = points.size() == 1 ? FitStatus.ONE_SCORE : FitStatus.OK;
    return BinaryFit.of(new OffsetMap(offset), status, table).found(root.steps(), miss);
  }

  /**
   * The mean of the probabilities, and that of their complements.
   *
   * @param slope the derivative of the mean in the offset
   */
  private record Mean(double probability, double complement, double slope) {

    static Mean of(BinaryPoints points, double weight, double offset) {
      CompensatedSum probability = new CompensatedSum();
      CompensatedSum complement = new CompensatedSum();
      CompensatedSum slope = new CompensatedSum();
      for (int i = 0; i < points.size(); i++) {
        double p = Logit.sigmoid(points.score()[i] + offset);
        double q = Logit.sigmoid(-points.score()[i] - offset);
        probability.add(points.weight(i) / weight * p);
        complement.add(points.weight(i) / weight * q);
        slope.add(points.weight(i) / weight * p * q);
      }
      return new Mean(probability.value(), complement.value(), slope.value());
    }

    /** By what the mean exceeds the target, from the end of [0, 1] that is nearer. */
    IncreasingRoot.At above(double target) {
      return new IncreasingRoot.At(
          target <= 0.5 ? probability - target : (1 - target) - complement, slope);
    }
  }

  @Override
  public BinaryMap map(MapNumbers numbers) {
    return new OffsetMap(numbers.number("offset"));
  }

  private record OffsetMap(double offset) implements LogitMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public double logOdds(double x) {
      return Logit.clipped(x) + offset;
    }

    @Override
    public IncreasingRange increasing() {
      return IncreasingRange.EVERYWHERE;
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none().with("offset", offset);
    }
  }
}
