// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

/** What a fit found of its rows. Of any status the map is usable; what it is worth is another. */
public enum FitStatus {
  /** The parameters are determined by the rows. */
  OK("the fit is determined by the rows"),

  /** The likelihood has no maximum. */
  SEPARABLE(
      "the scores tell the classes apart, so that no parameters are the most likely: they are"
          + " those of the softened targets of Platt, or the end of their range"),

  /** There are rows of one class only. */
  ONE_CLASS("all rows are of one class: there is nothing to calibrate by"),

  /** There is one distinct score. */
  ONE_SCORE("all rows have one score: the map is the share of class 1"),

  /** There are two distinct scores, and more parameters. */
  TWO_SCORES("the rows have two scores only: a line through the two is fitted"),

  /** There are fewer distinct scores than parameters. */
  FEW_SCORES("the rows have fewer scores than the method has parameters: the least ones are taken"),

  /** A constant probability of 1/2 is at least as good as the scores at any temperature. */
  NO_BETTER_THAN_UNIFORM(
      "the scores are no better than probabilities of 1/2: the temperature is the end of its"
          + " range"),

  /** Every logit is 0. */
  NO_LOGITS("every logit is 0: any temperature is as good as 1");

  private final String meaning;

  FitStatus(String meaning) {
    this.meaning = meaning;
  }

  /** What it means, in words. */
  public String meaning() {
    return meaning;
  }

  /** Of a method that orders or bins scores. */
  static FitStatus of(BinaryPoints groups) {
    if (!groups.hasBothClasses()) {
      return ONE_CLASS;
    }
    return groups.size() == 1 ? ONE_SCORE : OK;
  }
}
