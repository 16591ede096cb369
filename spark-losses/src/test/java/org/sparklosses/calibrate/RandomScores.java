// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/**
 * Rows of random scores and labels.
 *
 * @param logit of each row
 * @param label 0 or 1
 * @param weight whole numbers from 0 to 3
 */
@SuppressWarnings("ArrayRecordComponent")
record RandomScores(double[] logit, double[] label, double[] weight) {

  /**
   * Rows whose label is 1 with the probability whose log odds are a function of the logit.
   *
   * @param spread the standard deviation of the logits, which are rounded so that some are equal
   */
  static RandomScores of(long seed, int rows, double spread, DoubleUnaryOperator logOdds) {
    Random random = new Random(seed);
    RandomScores scores = new RandomScores(new double[rows], new double[rows], new double[rows]);
    for (int i = 0; i < rows; i++) {
      double z = Math.round(64 * spread * random.nextGaussian()) / 64.0;
      scores.logit[i] = z;
      scores.label[i] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds.applyAsDouble(z))) ? 1 : 0;
      scores.weight[i] = random.nextInt(4);
    }
    return scores;
  }

  double[] probability() {
    double[] p = new double[logit.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = 1 / (1 + Math.exp(-logit[i]));
    }
    return p;
  }

  /** The table of the rows by their logits. */
  BinaryTable logits() {
    return BinaryTable.of(InputScale.LOGIT, logit, label, weight);
  }

  /** The table of the rows by their probabilities. */
  BinaryTable probabilities() {
    return BinaryTable.of(InputScale.PROBABILITY, probability(), label, weight);
  }

  /** The rows in cells. */
  LogitCells cells(int count) {
    LogitCells cells = new LogitCells(count, -20, 20);
    for (int i = 0; i < logit.length; i++) {
      cells.add(logit[i], label[i] == 1, weight[i]);
    }
    return cells;
  }
}
