// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Map;

/**
 * What a scan found of one series of scores.
 *
 * @param parts as {@link Scan#read} names them
 * @param total the sums over the rows of the series
 */
public record Scanned(Map<String, Double> parts, Sums total) {

  /** Of a whole distribution. */
  public static Scanned of(Scan scan, Atoms whole) {
    return new Scanned(scan.of(whole), whole.total());
  }
}
