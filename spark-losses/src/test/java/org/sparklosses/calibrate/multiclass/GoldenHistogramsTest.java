// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryMap;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.InputScale;
import org.sparklosses.calibrate.OneVersusRest;
import org.sparklosses.testing.GoldenFile;
import org.sparklosses.testing.GoldenFile.Entry;

/** Values of an independent implementation of maps of each class, from rows in memory. */
class GoldenHistogramsTest {

  private static final double PROBABILITY = 1e-12;

  private static List<Entry> goldens(String name) {
    List<Entry> found =
        List.of("mc3", "mc3_weighted", "mc10", "real_digits_mlp").stream()
            .map(GoldenFile::calibration)
            .flatMap(file -> file.entries().stream())
            .filter(entry -> entry.name().equals(name))
            .toList();
    assertEquals(4, found.size(), name);
    return found;
  }

  @Test
  void oneVersusRestIsotonic() {
    for (Entry golden : goldens("isotonic_ovr")) {
      double[][] rows = golden.matrix("P");
      List<BinaryMap> maps = new ArrayList<>();
      for (int k = 0; k < rows[0].length; k++) {
        int own = k;
        BinaryTable table =
            BinaryTable.of(
                InputScale.PROBABILITY,
                Arrays.stream(rows).mapToDouble(row -> row[own]).toArray(),
                Arrays.stream(golden.vector("y")).map(y -> y == own ? 1 : 0).toArray(),
                golden.vector("w"));
        maps.add(BinaryCalibrators.fit("isotonic_calibration", table, Map.of()).map());
      }
      OneVersusRest map = new OneVersusRest(maps, 0);
      double[][] query = golden.matrix("query");
      double[][] expected = GoldenFile.matrix(golden.value());
      for (int i = 0; i < query.length; i++) {
        assertArrayEquals(expected[i], map.probabilities(query[i]), PROBABILITY);
      }
    }
  }

  @Test
  void topLabelHistogram() {
    for (Entry golden : goldens("top_label_histogram_binning")) {
      double[][] rows = golden.matrix("P");
      double[] labels = golden.vector("y");
      double[] weights = golden.vector("w");
      List<BinaryTable> tables = new ArrayList<>();
      for (int k = 0; k < rows[0].length; k++) {
        int own = k;
        int[] predicted =
            IntStream.range(0, rows.length)
                .filter(i -> LogProbabilities.largest(rows[i]) == own)
                .toArray();
        tables.add(
            BinaryTable.of(
                InputScale.PROBABILITY,
                Arrays.stream(predicted).mapToDouble(i -> rows[i][own]).toArray(),
                Arrays.stream(predicted).mapToDouble(i -> labels[i] == own ? 1 : 0).toArray(),
                weights == null
                    ? null
                    : Arrays.stream(predicted).mapToDouble(i -> weights[i]).toArray()));
      }
      ClassMap map =
          new TopLabelHistogram.TopLabelMap(
              tables.size(),
              TopLabelHistogram.maps(tables, golden.params().get("n_bins").asInt()),
              0);
      double[][] query = golden.matrix("query");
      double[] expected = GoldenFile.doubles(golden.value());
      for (int i = 0; i < query.length; i++) {
        int top = LogProbabilities.largest(query[i]);
        double[] l = query[i].clone();
        LogProbabilities.ofProbabilities(l);
        double[] p = map.probabilities(l);
        assertEquals(expected[i], p[top], PROBABILITY);
        assertEquals(1, Arrays.stream(p).sum(), PROBABILITY);
        int others = (top + 1) % p.length;
        int more = (top + 2) % p.length;
        assertEquals(p[others] * query[i][more], p[more] * query[i][others], PROBABILITY);
      }
    }
  }
}
