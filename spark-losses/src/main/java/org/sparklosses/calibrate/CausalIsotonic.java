// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.io.Serializable;
import java.util.Arrays;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.IsotonicFit;
import org.sparklosses.score.WeightRange;

/**
 * A map from predicted effects of a treatment to calibrated ones: the non-decreasing function of
 * least squares to pseudo-outcomes (van der Laan et al. 2023, arXiv:2302.14011), constant between
 * edges. The mean of the calibrated effects over the rows of the fit is that of their
 * pseudo-outcomes.
 *
 * @param edges strictly ascending, finite; a value holds from its edge on
 * @param values not descending, finite, one more than edges; the first holds below all edges
 */
@SuppressWarnings("ArrayRecordComponent")
public record CausalIsotonic(double[] edges, double[] values) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Copies the arrays and checks them. */
  public CausalIsotonic {
    edges = edges.clone();
    values = values.clone();
    if (values.length != edges.length + 1) {
      throw new IllegalArgumentException(
          "%d values of %d edges; there is one more".formatted(values.length, edges.length));
    }
    for (int i = 0; i < values.length; i++) {
      boolean isLast = i == edges.length;
      if (!Double.isFinite(values[i])
          || !(isLast || Double.isFinite(edges[i]))
          || (i > 0 && (values[i] < values[i - 1] || (!isLast && edges[i] <= edges[i - 1])))) {
        throw new IllegalArgumentException(
            "edges %s and values %s are not finite and in ascending order"
                .formatted(Arrays.toString(edges), Arrays.toString(values)));
      }
    }
  }

  /**
   * Fits the map.
   *
   * @param effects the distribution of predicted effects, with pseudo-outcomes as outcomes. On a
   *     grid the effects of a cell count as one, and an edge lies in the middle between the means
   *     of two cells
   * @throws IllegalArgumentException if there is no row
   */
  public static CausalIsotonic of(Atoms effects) {
    if (effects.size() == 0) {
      throw new IllegalArgumentException(
          "there is no row of positive weight to fit from; check the filter and the weights");
    }
    IsotonicFit fit = new IsotonicFit();
    for (int i = 0; i < effects.size(); i++) {
      fit.add(effects.weight()[i], effects.outcome()[i]);
    }
    double[] edges = new double[fit.size() - 1];
    double[] values = new double[fit.size()];
    for (int block = 0; block < values.length; block++) {
      values[block] = fit.mean(block);
      if (block < edges.length) {
        double next = effects.score()[fit.end(block)];
        double last = effects.score()[fit.end(block) - 1];
        double middle = last + (next - last) / 2;
        edges[block] = effects.isExact() || middle <= last ? next : middle;
      }
    }
    return new CausalIsotonic(edges, values);
  }

  /**
   * Whether a row counts: not one of weight 0.
   *
   * @param effect that is predicted
   * @param pseudoOutcome {@link PseudoOutcome} of the row
   * @param weight 0, or from 1e-30 to 1e30
   * @throws IllegalArgumentException if the row counts and a number is not finite, or the weight is
   *     none
   */
  public static boolean isRow(double effect, double pseudoOutcome, double weight) {
    if (weight == 0) {
      return false;
    }
    if (!WeightRange.ALL.contains(weight)) {
      throw new IllegalArgumentException("the weight is " + WeightRange.ALL.told(weight));
    }
    PseudoOutcome.checkFinite("effect", effect);
    PseudoOutcome.checkFinite("pseudo-outcome", pseudoOutcome);
    return true;
  }

  /** The calibrated effect; NaN of NaN. */
  public double calibrated(double effect) {
    return Double.isNaN(effect) ? Double.NaN : values[StepFunction.bin(edges, effect, false)];
  }
}
