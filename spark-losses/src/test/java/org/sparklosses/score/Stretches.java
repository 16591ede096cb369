// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A scan of a distribution that is cut into stretches. */
final class Stretches {

  private Stretches() {}

  /** The parts off {@code n} stretches of as many atoms, joined from the outer ones inwards. */
  static Map<String, Double> scan(Scan scan, Atoms atoms, int n) {
    List<double[]> scanned = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int from = (int) ((long) atoms.size() * i / n);
      int to = (int) ((long) atoms.size() * (i + 1) / n);
      scanned.add(
          scan.scan(
              atoms.slice(from, to),
              atoms.slice(0, from).total(),
              atoms.slice(to, atoms.size()).total()));
    }
    int middle = n / 2;
    double[] higher = scanned.get(n - 1);
    for (int i = n - 2; i >= middle; i--) {
      higher = scan.join(scanned.get(i), higher);
    }
    double[] all = higher;
    for (int i = middle - 1; i >= 0 && middle > 0; i--) {
      all = scan.join(scanned.get(i), all);
    }
    return scan.read(all, atoms.total());
  }
}
