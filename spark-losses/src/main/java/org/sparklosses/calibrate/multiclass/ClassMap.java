// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
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
