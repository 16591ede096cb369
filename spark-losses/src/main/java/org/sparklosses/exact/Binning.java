// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.util.Locale;

/**
 * Bins of equal width on [0, 1]. Edge b is {@code b / (double) count}, correctly rounded; p is
 * compared with it in double.
 *
 * @param count the number of bins, at least 1
 * @param side which end of a bin is closed
 */
public record Binning(int count, Side side) {

  /**
   * Farther than this share of a bin from its edges, the rounding of {@code p * count} cannot
   * matter: with up to 2^31 bins it is below {@code 2^31 2^-53}.
   */
  private static final double EDGE_ZONE = 1e-6;

  /** Which end of a bin is closed. */
  public enum Side {
    /** {@code (e_b, e_b+1]}; 0 falls into the first bin (Guo et al. 2017, scikit-learn). */
    RIGHT,
    /** {@code [e_b, e_b+1)}; 1 falls into the last bin (netcal). */
    LEFT,
    /** As LEFT, but 1 has a bin of its own (torchmetrics). */
    TORCHMETRICS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** For a person. */
  public String describe() {
    return "%d bins of equal width".formatted(count);
  }

  /** The number of cells: one more than bins when 1 has its own. */
  public int cells() {
    return side == Side.TORCHMETRICS ? count + 1 : count;
  }

  /** Edge {@code b}; edges beyond the last are 1. */
  public double edge(int b) {
    return Math.min(b, count) / (double) count;
  }

  /** The bin of {@code p} in [0, 1]. */
  public int of(double p) {
    if (side == Side.TORCHMETRICS && p >= 1.0) {
      return count;
    }
    double place = p * count;
    int b = Math.min((int) place, count - 1);
    double within = place - b;
    if (within > EDGE_ZONE && within < 1 - EDGE_ZONE) {
      return b;
    }
    while (b > 0 && !isAbove(p, b)) {
      b--;
    }
    while (b < count - 1 && isAbove(p, b + 1)) {
      b++;
    }
    return b;
  }

  /** Whether every bin of another binning lies within a bin of this one. */
  public boolean holds(Binning finer) {
    return finer != null && finer.side == side && finer.count % count == 0;
  }

  /** The bin that holds bin {@code b} of a finer binning. */
  public int ofFiner(Binning finer, int b) {
    return b == finer.count ? count : b / (finer.count / count);
  }

  /** Whether p lies in a bin that starts at edge b, or in a higher one. */
  private boolean isAbove(double p, int b) {
    double edge = b / (double) count;
    return side == Side.RIGHT ? p > edge : p >= edge;
  }
}
