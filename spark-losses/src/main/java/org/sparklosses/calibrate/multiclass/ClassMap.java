// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.sparklosses.calibrate.IncreasingRange;
import org.sparklosses.calibrate.MapNumbers;

/** A fitted map from the probabilities of a row to calibrated ones. */
public interface ClassMap extends Serializable {

  /** The name of the method that fitted it. */
  String method();

  /** The number of classes. */
  int classes();

  /**
   * The calibrated probabilities: above 0, with sum 1.
   *
   * @param l log-probabilities as {@link LogProbabilities} gives them, as many as classes
   */
  double[] probabilities(double[] l);

  /** What it is made of. */
  MapNumbers numbers();

  /** Of two classes where it keeps the order of scores, on its own scale; empty of more. */
  default Optional<IncreasingRange> increasing() {
    return Optional.empty();
  }

  /**
   * The calibrated probabilities of a row of logits; none where they have no softmax: with a NaN, a
   * +infinity, or nothing but -infinity.
   *
   * @param z as many as classes
   * @throws IllegalArgumentException if they are not as many
   */
  default Optional<double[]> ofLogits(double[] z) {
    checkClasses(z.length);
    double max = Double.NEGATIVE_INFINITY;
    for (double x : z) {
      if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
        return Optional.empty();
      }
      max = Math.max(max, x);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return Optional.empty();
    }
    double[] l = z.clone();
    LogProbabilities.ofLogits(l);
    return Optional.of(probabilities(l));
  }

  /**
   * The calibrated probabilities of a row of probabilities; none where they are of no distribution:
   * with a NaN, a +infinity, or one below 0, or all 0.
   *
   * @param p as many as classes
   * @throws IllegalArgumentException if they are not as many
   */
  default Optional<double[]> ofProbabilities(double[] p) {
    checkClasses(p.length);
    double max = 0;
    for (double x : p) {
      if (!(x >= 0 && x < Double.POSITIVE_INFINITY)) {
        return Optional.empty();
      }
      max = Math.max(max, x);
    }
    if (max == 0) {
      return Optional.empty();
    }
    double[] l = p.clone();
    LogProbabilities.ofProbabilities(l);
    return Optional.of(probabilities(l));
  }

  private void checkClasses(int given) {
    if (given != classes()) {
      throw new IllegalArgumentException(
          "a row has %d classes, the calibrator was fitted to %d".formatted(given, classes()));
    }
  }

  /** Writes {@code UTF method, int classes}, then the {@link MapNumbers}. */
  default void write(DataOutput out) throws IOException {
    out.writeUTF(method());
    out.writeInt(classes());
    numbers().write(out);
  }

  /**
   * The map as bytes that can be stored, with a version and a checksum; {@link
   * ClassCalibrators#map(byte[])} reads them.
   */
  default byte[] toBytes() {
    return MapBytes.of(this::write);
  }
}
