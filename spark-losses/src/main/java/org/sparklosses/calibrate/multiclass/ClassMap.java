// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

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
}
