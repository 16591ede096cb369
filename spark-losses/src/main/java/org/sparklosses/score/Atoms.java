package org.sparklosses.score;

/**
 * The distribution of a score s and an outcome y over rows of weight w: groups of rows in ascending
 * order of score, each with its sums. In an exact distribution an atom is one distinct score, so
 * that ties are never split; on a grid an atom is a non-empty cell and its score the mean of the
 * scores in it.
 *
 * @param score the score of each atom, strictly ascending
 * @param count the number of rows
 * @param weight the sum of w
 * @param squaredWeight the sum of w^2
 * @param outcome the sum of wy; y is 0 or 1, or a loss
 * @param scored the sum of ws
 * @param scoredSquare the sum of ws^2
 * @param scoredOutcome the sum of wsy
 * @param isExact whether atoms are distinct scores
 */
// The arrays are shared, not copied: a distribution can be large and nothing writes to it.
@SuppressWarnings("ArrayRecordComponent")
public record Atoms(
    double[] score,
    long[] count,
    double[] weight,
    double[] squaredWeight,
    double[] outcome,
    double[] scored,
    double[] scoredSquare,
    double[] scoredOutcome,
    boolean isExact) {

  /** The number of atoms. */
  public int size() {
    return score.length;
  }
}
