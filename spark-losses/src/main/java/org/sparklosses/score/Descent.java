// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

/**
 * A walk down a stretch from its highest score, one atom a step, with the sums over all rows of the
 * distribution at or above the atom and above it.
 */
final class Descent {

  private final Atoms stretch;
  private final CompensatedSum weight;
  private final CompensatedSum outcome;
  private final CompensatedSum rest;
  private int atom;
  private double weightAbove;
  private double outcomeAbove;
  private double restAbove;

  Descent(Atoms stretch, Sums above) {
    this.stretch = stretch;
    atom = stretch.size();
    weight = new CompensatedSum(above.weight());
    outcome = new CompensatedSum(above.outcome());
    rest = new CompensatedSum(above.rest());
  }

  /** Steps to the next lower atom, if there is one. */
  boolean next() {
    if (atom == 0) {
      return false;
    }
    atom--;
    weightAbove = weight.value();
    outcomeAbove = outcome.value();
    restAbove = rest.value();
    weight.add(atomWeight());
    outcome.add(atomOutcome());
    rest.add(atomRest());
    return true;
  }

  double atomWeight() {
    return stretch.weight()[atom];
  }

  double atomOutcome() {
    return stretch.outcome()[atom];
  }

  double atomRest() {
    return atomWeight() - atomOutcome();
  }

  double score() {
    return stretch.score()[atom];
  }

  double weightAbove() {
    return weightAbove;
  }

  double outcomeAbove() {
    return outcomeAbove;
  }

  double restAbove() {
    return restAbove;
  }

  double weight() {
    return weight.value();
  }

  double outcome() {
    return outcome.value();
  }

  double rest() {
    return rest.value();
  }
}
