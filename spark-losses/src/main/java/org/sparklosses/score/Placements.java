// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.function.DoubleToIntFunction;

/**
 * The placement of a row in the distribution of a score, outcomes being 0 or 1: of a positive row
 * the share of the negative rows below it, of a negative row the share of the positive rows above
 * it, ties counting half. The means of both over their rows are the AUC.
 */
public final class Placements {

  private final Atoms atoms;
  private final DoubleToIntFunction atom;
  private final double[] negativesBelow;
  private final double[] positivesAbove;
  private final Sums total;
  private final double auc;

  /** Of an exact distribution. */
  public Placements(Atoms atoms) {
    this(atoms, score -> Arrays.binarySearch(atoms.score(), score + 0.0));
  }

  /**
   * Of a distribution by cells, say, rows of one cell being tied.
   *
   * @param atom the atom that holds the rows of a score; negative where there are none
   */
  public Placements(Atoms atoms, DoubleToIntFunction atom) {
    this.atoms = atoms;
    this.atom = atom;
    total = atoms.total();
    auc = new RocAuc().of(atoms).get("value");
    negativesBelow = new double[atoms.size()];
    positivesAbove = new double[atoms.size()];
    CompensatedSum below = new CompensatedSum();
    for (int a = 0; a < atoms.size(); a++) {
      negativesBelow[a] = below.value() + negatives(a) / 2;
      below.add(negatives(a));
    }
    Descent at = new Descent(atoms, Sums.NONE);
    for (int a = atoms.size() - 1; at.next(); a--) {
      positivesAbove[a] = at.outcomeAbove() + at.atomOutcome() / 2;
    }
  }

  private double negatives(int atom) {
    return atoms.weight()[atom] - atoms.outcome()[atom];
  }

  /** The AUC; NaN unless both outcomes occur. */
  public double auc() {
    return auc;
  }

  /** The weight of the rows of each outcome. */
  Sums total() {
    return total;
  }

  /**
   * The placement of a row of the distribution, less the AUC.
   *
   * @throws IllegalArgumentException if no row of the distribution has the score
   */
  public double centred(double score, boolean isPositive) {
    return centred(atom(score), isPositive);
  }

  private double centred(int atom, boolean isPositive) {
    return isPositive
        ? negativesBelow[atom] / total.rest() - auc
        : positivesAbove[atom] / total.outcome() - auc;
  }

  private int atom(double score) {
    int found = atom.applyAsInt(score);
    if (found < 0) {
      throw new IllegalArgumentException("score " + score + " is not in the distribution");
    }
    return found;
  }

  /**
   * The variance of the AUC off the distribution alone (DeLong, DeLong and Clarke-Pearson 1988);
   * NaN unless there are two rows of either outcome. With weights the effective number of rows
   * (Kish) of an outcome is taken as its share of that of all rows.
   */
  public double variance() {
    CompensatedSum positives = new CompensatedSum();
    CompensatedSum negatives = new CompensatedSum();
    for (int a = 0; a < atoms.size(); a++) {
      double up = centred(a, true);
      double down = centred(a, false);
      positives.add(atoms.outcome()[a] * up * up);
      negatives.add(negatives(a) * down * down);
    }
    double rowsOfWeight = total.weight() / total.squaredWeight();
    return variance(positives.value(), total.outcome(), rowsOfWeight)
        + variance(negatives.value(), total.rest(), rowsOfWeight);
  }

  private static double variance(double squares, double weight, double rowsOfWeight) {
    double rows = weight * rowsOfWeight;
    return rows > 1 ? squares / weight / (rows - 1) : Double.NaN;
  }
}
