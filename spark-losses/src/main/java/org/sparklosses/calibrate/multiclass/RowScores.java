// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.Serializable;
import org.sparklosses.calibrate.MapNumbers;

/** What an affine map is of: a number for each class, made of the log-probabilities of a row. */
interface RowScores extends Serializable {

  /** The number of classes, at least 2. */
  int classes();

  /**
   * The scores of a row.
   *
   * @param l its log-probabilities
   * @param out where they go; not l itself
   */
  void of(double[] l, double[] out);

  /** What they are made of, besides the row. */
  MapNumbers numbers();

  /** The logarithms of the probabilities that a temperature gives. */
  record OfTemperature(TemperatureMix map) implements RowScores {

    private static final long serialVersionUID = 1L;

    @Override
    public int classes() {
      return map.classes();
    }

    @Override
    public void of(double[] l, double[] out) {
      map.logarithms(l, out);
    }

    @Override
    public MapNumbers numbers() {
      return map.numbers();
    }
  }

  /** The log-probabilities as they are. */
  record LogProbabilitiesOf(int classes) implements RowScores {

    private static final long serialVersionUID = 1L;

    /** Checks the number. */
    public LogProbabilitiesOf {
      checkClasses(classes);
    }

    @Override
    public void of(double[] l, double[] out) {
      System.arraycopy(l, 0, out, 0, classes);
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none();
    }
  }

  /**
   * Logits. Probabilities tell them up to a number of the row; here their mean is 0, which is near
   * what a network gives whose last layer began with weights around 0: training does not change the
   * sum of its logits.
   */
  record CentredLogits(int classes) implements RowScores {

    private static final long serialVersionUID = 1L;

    /** Checks the number. */
    public CentredLogits {
      checkClasses(classes);
    }

    @Override
    public void of(double[] l, double[] out) {
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        sum += l[j];
      }
      double mean = sum / classes;
      for (int j = 0; j < classes; j++) {
        out[j] = l[j] - mean;
      }
    }

    @Override
    public MapNumbers numbers() {
      return MapNumbers.none();
    }
  }

  private static void checkClasses(int classes) {
    if (classes < 2) {
      throw new IllegalArgumentException(
          "rows of %d classes; two or more are needed".formatted(classes));
    }
  }
}
