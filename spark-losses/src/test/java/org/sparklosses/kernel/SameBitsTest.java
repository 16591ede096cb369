// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Plain Java and vectors of every width return the same bits. */
class SameBitsTest {

  private static final int SHORT_ROWS = 1_000_000;
  private static final int LONG_ROWS = 240;
  private static final int LONGEST = 131_072;
  private static final int OFFSETS = 5;

  private final List<RowKernel> kernels = Kernels.all();

  @Test
  void aMillionFloatRows() {
    Random random = new Random(20_261_121);
    RowSource source = new RowSource(random);
    float[] z = new float[LONGEST + OFFSETS];
    for (int i = 0; i < SHORT_ROWS; i++) {
      compare(z, random.nextInt(OFFSETS), source.shortLength(), source, random);
    }
    for (int i = 0; i < LONG_ROWS; i++) {
      int length = i == 0 ? LONGEST : 1 + (int) Math.exp(random.nextDouble() * Math.log(LONGEST));
      compare(z, random.nextInt(OFFSETS), Math.min(LONGEST, length), source, random);
    }
  }

  @Test
  void doubleRows() {
    Random random = new Random(7);
    RowSource source = new RowSource(random);
    double[] z = new double[LONGEST + OFFSETS];
    for (int i = 0; i < 200_000; i++) {
      compare(z, random.nextInt(OFFSETS), source.shortLength(), source, random);
    }
    for (int i = 0; i < LONG_ROWS / 2; i++) {
      int length = i == 0 ? LONGEST : 1 + (int) Math.exp(random.nextDouble() * Math.log(LONGEST));
      compare(z, random.nextInt(OFFSETS), Math.min(LONGEST, length), source, random);
    }
  }

  @Test
  void tilesAndRows() {
    Random random = new Random(8);
    RowSource source = new RowSource(random);
    RowTile tile = new RowTile();
    for (int i = 0; i < 3_000; i++) {
      int length = 1 + random.nextInt(RowTile.LONGEST);
      int rows = 1 + random.nextInt(RowTile.ROWS);
      int stride = RowTile.ROWS + random.nextInt(5);
      float[] z = new float[3 + length * rows];
      float[] columns = new float[7 + length * stride];
      int[] labels = new int[rows];
      for (int r = 0; r < rows; r++) {
        source.fill(z, 3 + r * length, length);
        labels[r] = random.nextInt(length + 1) - 1;
        for (int j = 0; j < length; j++) {
          columns[7 + j * stride + r] = z[3 + r * length + j];
        }
      }
      int[] known = Arrays.stream(labels).map(label -> Math.max(0, label)).toArray();
      float[] expected = new float[length];
      float[] actual = new float[length];
      for (RowKernel kernel : kernels) {
        kernel.readTile(columns, 7, stride, length, new float[columns.length], tile);
        kernel.rankLabels(tile, known, 0, rows);
        LogitColumns copied = LogitColumns.of(2 + rows);
        tile.copyTo(copied, 2, rows);
        for (int r = 0; r < rows; r++) {
          RowStatistics row =
              kernels.get(0).exponentials(z, 3 + r * length, length, labels[r], expected);
          assertEquals(row, tile.row(r, labels[r], actual), kernel.name());
          if (row.hasSoftmax()) {
            assertTrue(Arrays.equals(expected, actual), kernel.name());
          }
          assertEquals(tile.isFinite(r), copied.isFinite()[2 + r]);
          if (tile.isFinite(r) && labels[r] >= 0) {
            assertEquals(row, statistics(copied, 2 + r, length, labels[r]), kernel.name());
          }
        }
      }
    }
  }

  private static RowStatistics statistics(LogitColumns columns, int r, int length, int label) {
    return new RowStatistics(
        length,
        label,
        columns.max()[r],
        columns.runnerUp()[r],
        columns.min()[r],
        columns.argmax()[r],
        columns.labelLogit()[r],
        columns.labelRank()[r],
        columns.sumExp()[r],
        columns.sumExpSquares()[r],
        columns.sumShiftedExp()[r],
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0,
        0,
        0);
  }

  @Test
  void quantizedTotals() {
    Random random = new Random(9);
    for (int length : new int[] {1, 7, 8, 100, 1003}) {
      float[] p = new float[length];
      double[] q = new double[length];
      double[] expected = new double[length];
      double[][] floats = new double[kernels.size()][length];
      double[][] doubles = new double[kernels.size()][length];
      double[] expectedDoubles = new double[length];
      for (int row = 0; row < RowKernel.QUANTIZED_ROWS; row++) {
        for (int j = 0; j < length; j++) {
          q[j] = row == 0 ? 1.0 : random.nextDouble() * Math.pow(2, -random.nextInt(50));
          p[j] = (float) q[j];
          // Math.rint rounds half to even, as the sum with a large number does.
          expected[j] += Math.rint(p[j] * 0x1p44) * 0x1p-44;
          expectedDoubles[j] += Math.rint(q[j] * 0x1p44) * 0x1p-44;
        }
        for (int k = 0; k < kernels.size(); k++) {
          kernels.get(k).addQuantized(p, length, 1.0f, floats[k]);
          kernels.get(k).addQuantized(q, length, doubles[k]);
        }
      }
      for (int k = 0; k < kernels.size(); k++) {
        assertTrue(Arrays.equals(expected, floats[k]), kernels.get(k).name());
        assertTrue(Arrays.equals(expectedDoubles, doubles[k]), kernels.get(k).name());
      }
    }
  }

  private void compare(float[] z, int offset, int length, RowSource source, Random random) {
    String kind = source.fill(z, offset, length);
    int label = random.nextInt(length + 1) - 1;
    boolean write = length <= 64 ? random.nextInt(8) == 0 : true;
    RowStatistics expected = kernels.get(0).statistics(z, offset, length, label);
    float[] p = new float[write ? length : 0];
    float[] q = new float[write ? length : 0];
    if (write) {
      kernels.get(0).softmax(z, offset, length, expected, p);
    }
    for (int k = 1; k < kernels.size(); k++) {
      RowStatistics actual = kernels.get(k).statistics(z, offset, length, label);
      // Records compare their doubles by Double.compare: 0.0 and -0.0 differ, NaN equals NaN.
      if (!expected.equals(actual)) {
        fail(
            kind
                + " of "
                + length
                + ", "
                + kernels.get(k).name()
                + "\n"
                + expected
                + "\n"
                + actual);
      }
      if (write) {
        kernels.get(k).softmax(z, offset, length, expected, q);
        assertTrue(Arrays.equals(p, q), () -> kind + " of " + length + ", softmax");
      }
    }
  }

  private void compare(double[] z, int offset, int length, RowSource source, Random random) {
    String kind = source.fill(z, offset, length);
    int label = random.nextInt(length + 1) - 1;
    RowStatistics expected = kernels.get(0).statistics(z, offset, length, label);
    double[] p = new double[length];
    double[] q = new double[length];
    kernels.get(0).softmax(z, offset, length, expected, p);
    for (int k = 1; k < kernels.size(); k++) {
      RowStatistics actual = kernels.get(k).statistics(z, offset, length, label);
      if (!expected.equals(actual)) {
        fail(
            kind
                + " of "
                + length
                + ", "
                + kernels.get(k).name()
                + "\n"
                + expected
                + "\n"
                + actual);
      }
      kernels.get(k).softmax(z, offset, length, expected, q);
      assertTrue(Arrays.equals(p, q), () -> kind + " of " + length + ", softmax");
    }
  }
}
