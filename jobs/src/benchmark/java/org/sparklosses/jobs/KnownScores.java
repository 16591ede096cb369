// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Rows of two classes made from their number alone, whose calibration error is known exactly. The
 * confidence of row i is 1 - k / 2^20 with k from 1 to 2^19, dense near 1, and its prediction comes
 * true about 1/32 too rarely. All are exact in float32, and none lies within the rounding of an
 * edge of 15 bins in float32, so that every way of computing sees the same scores and bins.
 *
 * @param rows the number of rows, at most 2^31
 */
record KnownScores(long rows) {

  static final int BINS = 15;

  private static final int ONE = 1 << 20;
  private static final String SCORE =
      "(1048576 - 1 - shiftright((shiftright(id * 2654435761L, 13) & 524287L)"
          + " * (shiftright(id * 2654435761L, 13) & 524287L), 19))";
  private static final String OUTCOME =
      "CASE WHEN (shiftright(id * 3266489917L, 11) & 1048575L) < "
          + SCORE
          + " - 32768 THEN 1 ELSE 0 END";

  /** Sums of a bin, in units of 2^-20. */
  private record Bin(long scores, long hits) {}

  /** Columns: probabilities (of two classes), label. Nothing is stored. */
  Dataset<Row> table(SparkSession session) {
    return session
        .range(rows)
        .selectExpr(SCORE + " / 1048576D AS score", OUTCOME + " AS label")
        .selectExpr("array(1D - score, score) AS probabilities", "label");
  }

  private static long score(long id) {
    long u = ((id * 2654435761L) >> 13) & 524287;
    return ONE - 1 - ((u * u) >> 19);
  }

  private static boolean isHit(long id) {
    return (((id * 3266489917L) >> 11) & (ONE - 1)) < score(id) - 32768;
  }

  /** The bin of a score, right-closed. */
  private static int bin(long score) {
    return (int) ((score * BINS + ONE - 1) / ONE) - 1;
  }

  /** The calibration error, in whole numbers up to the one division at the end. */
  BigDecimal exactError() {
    long gaps = 0;
    for (Bin bin : bins()) {
      gaps += Math.abs(bin.scores - bin.hits * ONE);
    }
    return BigDecimal.valueOf(gaps)
        .divide(BigDecimal.valueOf(rows).multiply(BigDecimal.valueOf(ONE)), MathContext.DECIMAL128);
  }

  private Bin[] bins() {
    long[][] sums =
        LongStream.range(0, rows)
            .parallel()
            .collect(
                () -> new long[2][BINS],
                (sum, id) -> {
                  long score = score(id);
                  sum[0][bin(score)] += score;
                  sum[1][bin(score)] += isHit(id) ? 1 : 0;
                },
                (a, b) -> {
                  for (int i = 0; i < BINS; i++) {
                    a[0][i] += b[0][i];
                    a[1][i] += b[1][i];
                  }
                });
    Bin[] bins = new Bin[BINS];
    for (int i = 0; i < BINS; i++) {
      bins[i] = new Bin(sums[0][i], sums[1][i]);
    }
    return bins;
  }

  /**
   * The calibration error as torchmetrics computes it on a CPU: counts, confidences and correct
   * predictions of each bin are summed in float32, one row after another.
   */
  float singlePrecisionError() {
    float[] counts = new float[BINS];
    float[] scores = new float[BINS];
    float[] hits = new float[BINS];
    for (long id = 0; id < rows; id++) {
      long score = score(id);
      int bin = bin(score);
      counts[bin] += 1;
      scores[bin] += score / (float) ONE;
      hits[bin] += isHit(id) ? 1 : 0;
    }
    float total = 0;
    for (float count : counts) {
      total += count;
    }
    float error = 0;
    for (int i = 0; i < BINS; i++) {
      if (counts[i] > 0) {
        error += Math.abs(hits[i] / counts[i] - scores[i] / counts[i]) * (counts[i] / total);
      }
    }
    return error;
  }
}
