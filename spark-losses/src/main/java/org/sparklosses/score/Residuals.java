// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * What an atom tells of the residuals p - y of its rows, the score being the probability p of the
 * outcome y, which is 0 or 1.
 */
final class Residuals {

  /** Rounding in the difference of two sums, in units of the last place of the larger. */
  private static final double ROUNDING = 4;

  private Residuals() {}

  /** The sum of w(p - y). */
  static double sum(Atoms atoms, int i) {
    return atoms.scored()[i] - atoms.outcome()[i];
  }

  /** The sum of w(p - y) over the outcomes 0: of wp. */
  static double positive(Atoms atoms, int i) {
    return Math.max(0, atoms.scored()[i] - atoms.scoredOutcome()[i]);
  }

  /** The sum of w(y - p) over the outcomes 1: of w(1 - p). */
  static double negative(Atoms atoms, int i) {
    return Math.max(0, atoms.outcome()[i] - atoms.scoredOutcome()[i]);
  }

  /** The sum of w|p - y|. */
  static double absolute(Atoms atoms, int i) {
    return positive(atoms, i) + negative(atoms, i);
  }

  /** The sum of w(p - y)^2. */
  static double square(Atoms atoms, int i) {
    if (!atoms.isExact()) {
      return Math.max(
          0, atoms.scoredSquare()[i] - 2 * atoms.scoredOutcome()[i] + atoms.outcome()[i]);
    }
    double p = atoms.score()[i];
    double hits = atoms.outcome()[i];
    return hits * (1 - p) * (1 - p) + (atoms.weight()[i] - hits) * p * p;
  }

  /** The sum of w(p - m)^2 about the score m of the atom, no less than it is for rounding. */
  static double spread(Atoms atoms, int i) {
    if (atoms.isExact()) {
      return 0;
    }
    double m = atoms.score()[i];
    double spread = atoms.scoredSquare()[i] - 2 * m * atoms.scored()[i] + m * m * atoms.weight()[i];
    return Math.max(0, spread) + ROUNDING * Math.ulp(atoms.scoredSquare()[i]);
  }

  /** The sum of w(p - y)(p - m) about the score m of the atom. */
  static double moment(Atoms atoms, int i) {
    return atoms.isExact()
        ? 0
        : atoms.scoredSquare()[i] - atoms.scoredOutcome()[i] - atoms.score()[i] * sum(atoms, i);
  }
}
