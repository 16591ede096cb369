// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import java.util.Random;

/** Rows of logits of every kind that has broken a kernel, or might. */
final class RowSource {

  private static final String[] KINDS = {
    "normal",
    "normal",
    "normal",
    "peaked",
    "tens of thousands",
    "offset",
    "largest floats",
    "ties",
    "ramp up",
    "ramp down",
    "constant",
    "some -inf",
    "half -inf",
    "all but one -inf",
    "all -inf",
    "leading -inf",
    "NaN",
    "+inf",
    "denormal",
    "zeros of both signs",
    "everything"
  };

  private final Random random;
  private double level;
  private int chosen;

  RowSource(Random random) {
    this.random = random;
  }

  /** Mostly a few dozen, at times more than two chunks. */
  int shortLength() {
    return switch (random.nextInt(64)) {
      case 0 -> 1 + random.nextInt(2 * ChunkLoops.FLOATS + 40);
      case 1, 2, 3, 4 -> 1 + random.nextInt(300);
      default -> 1 + random.nextInt(40);
    };
  }

  /** Fills a row and names its kind. */
  String fill(float[] z, int offset, int length) {
    String kind = begin(length);
    for (int j = 0; j < length; j++) {
      z[offset + j] = (float) element(kind, j, length);
    }
    return kind;
  }

  /** As for float; the kind "largest floats" reaches for the largest doubles. */
  String fill(double[] z, int offset, int length) {
    String kind = begin(length);
    double factor = kind.equals("largest floats") ? 0x1p890 : 1.0;
    for (int j = 0; j < length; j++) {
      z[offset + j] = element(kind, j, length) * factor;
    }
    return kind;
  }

  private String begin(int length) {
    level = 4 * random.nextGaussian();
    chosen = random.nextInt(length);
    return KINDS[random.nextInt(KINDS.length)];
  }

  private double element(String kind, int j, int length) {
    double normal = level + 8 * (random.nextFloat() + random.nextFloat() - 1);
    return switch (kind) {
      case "normal" -> normal;
      case "peaked" -> j == chosen ? normal + 60 * random.nextFloat() : normal - 40;
      case "tens of thousands" -> 1e4 * (2 * random.nextFloat() - 1);
      case "offset" -> 1e4 + normal;
      case "largest floats" -> 3e38 * (random.nextBoolean() ? 1 : -1) * (j == chosen ? 1 : 0.9);
      case "ties" -> random.nextInt(4) - 2;
      case "ramp up" -> 1000.0 * j / length;
      case "ramp down" -> -0.25 * j;
      case "constant" -> level;
      case "some -inf" -> random.nextInt(10) == 0 ? Double.NEGATIVE_INFINITY : normal;
      case "half -inf" -> random.nextBoolean() ? Double.NEGATIVE_INFINITY : normal;
      case "all but one -inf" -> j == chosen ? normal : Double.NEGATIVE_INFINITY;
      case "all -inf" -> Double.NEGATIVE_INFINITY;
      case "leading -inf" -> j < chosen ? Double.NEGATIVE_INFINITY : normal;
      case "NaN" -> j == chosen ? Double.NaN : normal;
      case "+inf" -> j == chosen ? Double.POSITIVE_INFINITY : normal;
      case "denormal" -> random.nextInt(7) * 1e-45;
      case "zeros of both signs" -> random.nextBoolean() ? 0.0 : -0.0;
      default ->
          switch (random.nextInt(6)) {
            case 0 -> Double.NEGATIVE_INFINITY;
            case 1 -> Double.NaN;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> -0.0;
            default -> normal;
          };
    };
  }
}
