// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/** Pearson's correlation of a score and an outcome. */
public final class PearsonCorrelation {

  private PearsonCorrelation() {}

  /** Of a whole distribution; NaN where one of both is constant. */
  public static double of(Atoms atoms) {
    Sums total = atoms.total();
    double score = total.scored() / total.weight();
    double outcome = total.outcome() / total.weight();
    CompensatedSum variance = new CompensatedSum();
    CompensatedSum covariance = new CompensatedSum();
    for (int i = 0; i < atoms.size(); i++) {
      double apart = atoms.score()[i] - score;
      variance.add(atoms.weight()[i] * apart * apart);
      covariance.add((atoms.outcome()[i] - outcome * atoms.weight()[i]) * apart);
      if (!atoms.isExact()) {
        // What lies within the cell.
        variance.add(atoms.scoredSquare()[i] - atoms.scored()[i] * atoms.score()[i]);
        covariance.add(atoms.scoredOutcome()[i] - atoms.outcome()[i] * atoms.score()[i]);
      }
    }
    double ofOutcome = outcome * (1 - outcome) * total.weight();
    return covariance.value() / Math.sqrt(variance.value() * ofOutcome);
  }
}
