// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.kernel.Exponential;

/**
 * What the scores of a distribution are: where they lie, as whole numbers in their order, and what
 * is said of them.
 *
 * <p>Places are dense where scores are told apart: on numbers evenly up to 32 in magnitude, and
 * from there on evenly in every octave; on probabilities evenly in every octave of p below 1/2, and
 * of 1 - p above. So the log odds of logits, and probabilities, have cells of nearly the same width
 * in log odds, however rare an outcome is.
 */
public enum ScoreScale {
  /** Any numbers. */
  NUMBER,

  /** Numbers from 0 to 1, or beyond them by rounding. */
  PROBABILITY {
    @Override
    long place(double p) {
      return p < 0.5
          ? Double.doubleToRawLongBits(Math.max(0, p)) - BITS_OF_HALF
          : BITS_OF_HALF - Double.doubleToRawLongBits(Math.max(0, 1 - p));
    }

    @Override
    double score(long place) {
      double smaller = Double.longBitsToDouble(Math.max(0, BITS_OF_HALF - Math.abs(place)));
      return place < 0 ? smaller : 1 - smaller;
    }
  },

  /** Log odds, which tell apart what is one number as a probability; said are the probabilities. */
  LOG_ODDS {
    @Override
    double said(double logOdds) {
      double e = Exponential.ofDifference(-Math.abs(logOdds));
      return (logOdds < 0 ? e : 1) / (1 + e);
    }
  },

  /** {@code -log x} of positive x, which descends; said is -x. */
  NEGATIVE_LOGARITHM {
    @Override
    double said(double score) {
      return -StrictMath.exp(-score);
    }
  };

  /** All places lie within plus and minus this. */
  static final long MOST = 1L << 62;

  private static final long BITS_OF_HALF = Double.doubleToRawLongBits(0.5);

  private static final double EVEN = 32;
  private static final double PLACES = 0x1p47;
  private static final long EVEN_PLACES = (long) (EVEN * PLACES);
  private static final long BITS_OF_EVEN = Double.doubleToRawLongBits(EVEN);
  private static final long BITS_OF_INFINITY = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  /** The place of a score, which is not NaN; it does not descend while scores ascend. */
  long place(double score) {
    double size = Math.abs(score);
    if (size < EVEN) {
      return (long) Math.floor(score * PLACES);
    }
    long place = EVEN_PLACES + (Double.doubleToRawLongBits(size) - BITS_OF_EVEN);
    return score < 0 ? -place : place;
  }

  /** A score whose place it is. */
  double score(long place) {
    long size = Math.abs(place);
    if (size < EVEN_PLACES) {
      return place / PLACES;
    }
    long bits = Math.min(BITS_OF_INFINITY, BITS_OF_EVEN + (size - EVEN_PLACES));
    double score = Double.longBitsToDouble(bits);
    return place < 0 ? -score : score;
  }

  /** What is said of a score. */
  double said(double score) {
    return score;
  }

  /** Whether what is said of scores are probabilities. */
  boolean saysProbabilities() {
    return this == PROBABILITY || this == LOG_ODDS;
  }
}
