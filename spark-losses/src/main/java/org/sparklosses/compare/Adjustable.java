// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.ArrayList;
import java.util.List;
import org.sparklosses.inference.PValues;

/**
 * A test that is made in every slice, so that its p-values have to be adjusted for their number.
 *
 * @param <T> the test itself
 */
interface Adjustable<T extends Adjustable<T>> {

  /** The p-value of the test alone. */
  double pValue();

  /** The same with the adjusted p-values. */
  T adjusted(double holm, double benjaminiHochberg);

  /** The same where it is the only test. */
  default T alone() {
    return adjusted(pValue(), pValue());
  }

  /** The same test in every slice, adjusted for their number. */
  static <T extends Adjustable<T>> List<T> overSlices(List<T> tests) {
    double[] p = tests.stream().mapToDouble(Adjustable::pValue).toArray();
    double[] holm = PValues.holm(p);
    double[] benjaminiHochberg = PValues.benjaminiHochberg(p);
    List<T> adjusted = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      adjusted.add(tests.get(i).adjusted(holm[i], benjaminiHochberg[i]));
    }
    return adjusted;
  }
}
