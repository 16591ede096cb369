// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import org.sparklosses.calibrate.MapNumbers;

/** The probabilities as they are: what other methods are compared to. */
public final class NoCalibration implements ClassCalibrator {

  static final String NAME = "none";

  /** For the service loader. */
  public NoCalibration() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "the probabilities as they are: the best where nothing is to be mended, or rows are too"
        + " few to learn it from";
  }

  @Override
  public String formula() {
    return "softmax(l), l = log p";
  }

  @Override
  public String source() {
    return "-";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    FirstSums first = TemperatureFit.first(rows);
    TemperatureSums sums = first.temperature();
    return new ClassFit(
        new AsTheyAre(first.classes()),
        "",
        sums.rows(),
        sums.weight(),
        1,
        sums.loss(),
        sums.loss(),
        0);
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return new AsTheyAre(classes);
  }

  private record AsTheyAre(int classes) implements ClassMap {

    private static final long serialVersionUID = 1L;

    private AsTheyAre {
      if (classes < 2) {
        throw new IllegalArgumentException(classes + " classes; there must be two or more");
      }
    }

    @Override
    public String method() {
      return NAME;
    }

    @Override
    public double[] probabilities(double[] l) {
      double[] p = l.clone();
      LogProbabilities.softmax(p);
      return p;
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none();
    }
  }
}
