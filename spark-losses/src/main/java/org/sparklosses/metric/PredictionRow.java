// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.sparklosses.exact.ClassTotals;
import org.sparklosses.kernel.Logarithm;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowStatistics;
import org.sparklosses.kernel.RowTile;

/**
 * One row of predictions with its label and weight, as metrics see it, from logits or from
 * probabilities. An instance is filled again for every row and keeps its buffers; probabilities are
 * taken as they are, normalised again only where that is asked for.
 */
public final class PredictionRow {

  /** What the probability of a label is raised to for its log loss. */
  private static final double LEAST = 0x1p-52;

  /** Up to so many classes it is faster to look at all than to compute the runner-up's. */
  private static final int SHORT_ROW = 64;

  /**
   * What logits that look like probabilities may differ from a sum of 1 by: half precision does.
   */
  private static final double LIKENESS = 0.01;

  /** A complement of the largest probability below it has lost digits, or is not there at all. */
  static final double LEAST_COMPLEMENT = 0x1p-100;

  /** As above, of 1 less the largest probability. */
  private static final double LEAST_DIFFERENCE = 0x1p-20;

  /** Up to this distance a probability passes as one of [0, 1], and a row's sum as 1. */
  private final double tolerance;

  private final boolean isRenormalising;

  private final RowKernel kernel;

  private int classes;
  private int label;
  private double weight;
  private long key;
  private RowStatistics statistics;

  /** Of logits but for the predicted one; null until asked for. */
  private RowStatistics others;

  private float[] floatLogits;
  private float[] copiedLogits = new float[0];
  private double[] doubleLogits;

  /** Of float logits: the probabilities are these times {@link #scale}, rounded to float. */
  private float[] exponentials = new float[0];

  private float scale;

  /** Where the row lies, also as one of the two below it; null when it was read by itself. */
  private LogitRows logitRows;

  private FloatRows floatRows;
  private DoubleRows doubleRows;
  private int place;

  /** Whether the sums of z and z^2 are wanted: once asked for, always. */
  private boolean moments;

  private double[] doubleProbabilities = new double[0];
  private boolean isFloat;
  private boolean isProbabilities;
  private boolean hasProbabilities;

  private InputCheck fault;
  private double confidence;
  private double runnerUp;
  private int predicted;
  private double labelProbability;
  private int labelRank;
  private double sumSquares;
  private double sumProbabilities;
  private boolean isClipped;
  private boolean isRenormalised;

  /** What functions of other columns give; null where they have no value. */
  private final Map<String, Double> values = new HashMap<>();

  private int[] large = new int[16];
  private int largeCount;

  /** Rows of logits that lie together, and tell more of each when it is asked for. */
  interface LogitRows {

    /** What softmax tells of a row, but for the sums of z and z^2. */
    RowStatistics statistics(int r);

    /** {@link PredictionRow#isProbabilityLike} of a row. */
    boolean isProbabilityLike(int r);
  }

  /** Rows of float logits. */
  interface FloatRows extends LogitRows {

    /** Copies the logits of a row. */
    void copyLogits(int r, float[] out);

    /** Copies the probabilities of a row. */
    void copyProbabilities(int r, float[] out);
  }

  /** Rows of double logits. */
  interface DoubleRows extends LogitRows {

    /** Copies the logits of a row. */
    void copyLogits(int r, double[] out);

    /** Copies the probabilities of a row. */
    void copyProbabilities(int r, double[] out);
  }

  /**
   * A row to be filled.
   *
   * @param tolerance how far a probability may lie outside [0, 1], and a row's sum from 1, without
   *     fault
   * @param isRenormalising whether probabilities are divided by their sum, whatever that is
   */
  public PredictionRow(RowKernel kernel, double tolerance, boolean isRenormalising) {
    this.kernel = kernel;
    this.tolerance = tolerance;
    this.isRenormalising = isRenormalising;
  }

  /** As above, of probabilities that are not renormalised. */
  public PredictionRow(RowKernel kernel, double tolerance) {
    this(kernel, tolerance, false);
  }

  /**
   * Reads a row of float logits; the array must not change before the next row is read.
   *
   * @param length the number of classes, at least 1
   * @param label the class index, or {@link RowStatistics#NO_LABEL} when it has none
   */
  public void readLogits(float[] z, int length, int label, double weight) {
    start(length, label, weight);
    isFloat = true;
    floatLogits = z;
    exponentials = ofLength(exponentials, length);
    readStatistics(
        moments
            ? kernel.statistics(z, 0, length, this.label)
            : kernel.exponentials(z, 0, length, this.label, exponentials));
    scale = (float) confidence;
    hasProbabilities = !moments;
  }

  /**
   * Reads a row of a tile; as good as {@link #readLogits(float[], int, int, double)}, unless {@link
   * #wantsMoments}.
   *
   * @param place which of the tile's rows
   */
  public void readLogits(RowTile tile, int place, int label, double weight) {
    start(tile.length(), label, weight);
    isFloat = true;
    copiedLogits = ofLength(copiedLogits, classes);
    tile.logits(place, copiedLogits);
    floatLogits = copiedLogits;
    exponentials = ofLength(exponentials, classes);
    readStatistics(tile.row(place, this.label, exponentials));
    scale = (float) confidence;
    hasProbabilities = true;
  }

  /**
   * Makes it a row of a block, of which {@link #setPrediction} and one of the methods that follow
   * it tell more.
   */
  void start(int length, int classOfLabel, double rowWeight, long hash) {
    start(length, classOfLabel, rowWeight);
    key = hash;
    statistics = null;
    fault = null;
  }

  /** Sets what blocks have of all rows. */
  void setPrediction(int argmax, double largest, double ofLabel, int rankOfLabel, double squares) {
    predicted = argmax;
    confidence = largest;
    labelProbability = ofLabel;
    labelRank = rankOfLabel;
    sumSquares = squares;
  }

  /** Says where its logits lie, which must not change before the next row is read. */
  void setLogits(FloatRows rows, int r) {
    setLogits(r, rows);
    floatRows = rows;
    isFloat = true;
  }

  /** As for floats. */
  void setLogits(DoubleRows rows, int r) {
    setLogits(r, rows);
    doubleRows = rows;
    isFloat = false;
  }

  private void setLogits(int r, LogitRows rows) {
    logitRows = rows;
    place = r;
    floatLogits = null;
    doubleLogits = null;
    scale = 1;
  }

  /** Sets its probabilities, which are copied. */
  void setProbabilities(
      Shares.OfDoubles shares, int r, double second, boolean areClipped, boolean areRenormalised) {
    isFloat = false;
    isProbabilities = true;
    hasProbabilities = true;
    doubleProbabilities = ofLength(doubleProbabilities, classes);
    shares.copyRow(r, doubleProbabilities);
    runnerUp = second;
    isClipped = areClipped;
    isRenormalised = areRenormalised;
  }

  /** Whether a metric has asked for sums that a tile does not give. */
  public boolean wantsMoments() {
    return moments;
  }

  /** As for float. */
  public void readLogits(double[] z, int length, int label, double weight) {
    start(length, label, weight);
    isFloat = false;
    doubleLogits = z;
    readStatistics(kernel.statistics(z, 0, length, this.label));
  }

  /** Reads a row of probabilities; the array is copied. */
  public void readProbabilities(double[] p, int length, int label, double weight) {
    start(length, label, weight);
    isFloat = false;
    isProbabilities = true;
    statistics = null;
    doubleProbabilities = ofLength(doubleProbabilities, length);
    hasProbabilities = true;
    double outside = readClipped(p);
    double sum = sumProbabilities;
    boolean isSumWrong = !(Math.abs(sum - 1) <= tolerance);
    isRenormalised = isRenormalising && isSumWrong;
    if (isRenormalising && sum > 0) {
      for (int j = 0; j < length; j++) {
        doubleProbabilities[j] /= sum;
      }
      readClipped(doubleProbabilities);
    }
    boolean isUnusable = outside > tolerance || (isRenormalising ? !(sum > 0) : isSumWrong);
    fault = Double.isNaN(outside) ? InputCheck.NAN : isUnusable ? InputCheck.NOT_NORMALISED : null;
    if (this.label >= 0) {
      labelProbability = doubleProbabilities[label];
      labelRank = 0;
      for (int j = 0; j < length; j++) {
        double q = doubleProbabilities[j];
        labelRank += q > labelProbability || (q == labelProbability && j < label) ? 1 : 0;
      }
    }
    isClipped = outside > 0 || isRaised(labelProbability);
  }

  /** Reads probabilities, clipped to [0, 1]; how far the worst lies outside, NaN if one is. */
  private double readClipped(double[] p) {
    double max = -1;
    double second = 0;
    double sum = 0;
    double outside = 0;
    sumSquares = 0;
    for (int j = 0; j < classes; j++) {
      double given = p[j];
      outside = Math.max(outside, Math.max(-given, given - 1.0));
      double q = Math.max(0.0, Math.min(given, 1.0));
      doubleProbabilities[j] = q;
      if (q > max) {
        second = Math.max(max, 0);
        max = q;
        predicted = j;
      } else if (q > second) {
        second = q;
      }
      sum += q;
      sumSquares += q * q;
    }
    confidence = max;
    runnerUp = second;
    sumProbabilities = sum;
    return outside;
  }

  /** Says which unit the row belongs to, for what resamples units; by default all to one. */
  public void setKey(long hash) {
    key = hash;
  }

  /** The hash of the row's unit. */
  public long key() {
    return key;
  }

  private void start(int length, int givenLabel, double givenWeight) {
    classes = length;
    label = givenLabel >= 0 && givenLabel < length ? givenLabel : RowStatistics.NO_LABEL;
    weight = givenWeight;
    hasProbabilities = false;
    isProbabilities = false;
    isClipped = false;
    isRenormalised = false;
    largeCount = 0;
    logitRows = null;
    floatRows = null;
    doubleRows = null;
    others = null;
  }

  private void readStatistics(RowStatistics row) {
    statistics = row;
    fault = null;
    if (!row.hasSoftmax()) {
      fault =
          row.nans() > 0
              ? InputCheck.NAN
              : row.positiveInfinities() > 0
                  ? InputCheck.POSITIVE_INFINITY
                  : InputCheck.ALL_NEGATIVE_INFINITY;
      return;
    }
    predicted = row.argmax();
    confidence = row.confidence();
    labelProbability = row.labelProbability();
    labelRank = row.labelRank();
    sumSquares = row.sumSquaredProbabilities();
  }

  /** Sets what a {@link ColumnsMean} averages; null where the row has no value. */
  public void setValue(String name, Double value) {
    values.put(name, value);
  }

  /** What a {@link ColumnsMean} averages; null where the row has no value. */
  Double value(String name) {
    return values.get(name);
  }

  /** What is wrong with the predictions alone; null when nothing is. */
  public InputCheck fault() {
    return fault;
  }

  /** The number of classes. */
  public int classes() {
    return classes;
  }

  /** The class index of the label; {@link RowStatistics#NO_LABEL} when it is none. */
  public int label() {
    return label;
  }

  /** The weight, above 0. */
  public double weight() {
    return weight;
  }

  /** The largest probability. */
  public double confidence() {
    return confidence;
  }

  /** The lowest index of the largest prediction. */
  public int predicted() {
    return predicted;
  }

  /** The probability of the label. */
  public double labelProbability() {
    return labelProbability;
  }

  /** Whether the predicted class is the label. */
  public boolean isCorrect() {
    return predicted == label;
  }

  /** Whether the label is among the k largest predictions, lowest index first on ties. */
  public boolean isAmongTop(int k) {
    return labelRank < k;
  }

  /**
   * {@code -log p_y} in nats; of probabilities with p_y clipped to {@code [2^-52, 1 - 2^-52]}, of
   * logits never clipped.
   */
  public double logLoss() {
    return isProbabilities
        ? -Logarithm.of(clipped(labelProbability))
        : softmaxStatistics().crossEntropy();
  }

  /** The probability of a label for its log loss, within {@code [2^-52, 1 - 2^-52]}. */
  static double clipped(double p) {
    return Math.min(Math.max(p, LEAST), 1 - LEAST);
  }

  /** Whether the probability of a label is raised for its log loss. */
  static boolean isRaised(double p) {
    return p < LEAST;
  }

  /** Whether a probability was clipped to [0, 1], or the label's is for its log loss. */
  boolean isClipped() {
    return isClipped;
  }

  /** Whether probabilities were divided by a sum that would be a fault otherwise. */
  boolean isRenormalised() {
    return isRenormalised;
  }

  /** Whether logits look like the probabilities of all classes, or like that of class 1 of two. */
  boolean isProbabilityLike() {
    if (isProbabilities || !mayBeProbability(softmaxStatistics().max())) {
      return false;
    }
    if (logitRows != null) {
      return logitRows.isProbabilityLike(place);
    }
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      double z = isFloat ? floatLogits[j] : doubleLogits[j];
      if (!mayBeProbability(z)) {
        return false;
      }
      sum += z;
    }
    return isLikeProbabilities(classes, isFloat ? floatLogits[0] : doubleLogits[0], sum);
  }

  /** Whether a logit could be a probability. */
  static boolean mayBeProbability(double z) {
    return z >= 0 && z <= 1;
  }

  /**
   * Whether logits could be probabilities, each of which may be one.
   *
   * @param first that of class 0, which is 0 where one number a row is given
   */
  static boolean isLikeProbabilities(int classes, double first, double sum) {
    return Math.abs(sum - 1) <= LIKENESS || (classes == 2 && first == 0);
  }

  /** {@code sum_j (p_j - 1[j = y])^2}. */
  public double brier() {
    return Math.max(0.0, sumSquares - 2 * labelProbability + 1);
  }

  /** {@code sum_j p_j^2}. */
  public double sumSquares() {
    return sumSquares;
  }

  /** {@code -sum_j p_j log p_j} in nats. */
  public double entropy() {
    if (!isProbabilities) {
      return softmaxStatistics().entropy();
    }
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      double p = doubleProbabilities[j];
      // What subnormal probabilities add is far below the rounding of the sum.
      sum -= p >= Double.MIN_NORMAL ? p * Logarithm.of(p) : 0;
    }
    return Math.max(0.0, sum);
  }

  /** Whether the largest probability is 1 or the label's is 0. */
  public boolean isSaturated() {
    return confidence >= 1.0 || labelProbability == 0;
  }

  /** Whether two classes share the largest prediction. */
  public boolean isTied() {
    return classes > 1
        && (isProbabilities
            ? runnerUp == confidence
            : softmaxStatistics().runnerUp() == softmaxStatistics().max());
  }

  /** Of logits all that softmax tells; perhaps without the sums of z and z^2. */
  private RowStatistics softmaxStatistics() {
    if (statistics == null) {
      statistics = logitRows.statistics(place);
    }
    return statistics;
  }

  /** The statistics of the logits; of probabilities those of their logarithms. */
  public RowStatistics statistics() {
    if (isProbabilities && statistics == null) {
      statistics = kernel.statistics(logits(), 0, classes, label);
    } else if (statistics == null || Double.isNaN(statistics.sumSquares())) {
      moments = logitRows == null;
      statistics =
          isFloat
              ? kernel.statistics(floatLogits(), 0, classes, label)
              : kernel.statistics(doubleLogits(), 0, classes, label);
    }
    return statistics;
  }

  /** Whether it was read from logits. */
  boolean isLogits() {
    return !isProbabilities;
  }

  /**
   * The log odds of class k against all others, of a row of logits: in the order of its
   * probability, and apart where probabilities round to 0 or 1.
   */
  double logOdds(int k) {
    RowStatistics softmax = softmaxStatistics();
    if (classes == 2) {
      double difference = softmax.max() - softmax.runnerUp();
      return k == predicted ? difference : -difference;
    }
    if (k != predicted) {
      double logShare = (logit(k) - softmax.max()) - softmax.logOfSum();
      return logShare - Logarithm.of(1 - probability(k));
    }
    double complement = complement();
    if (complement >= LEAST_COMPLEMENT) {
      return -softmax.logOfSum() - Logarithm.of(complement);
    }
    return others().hasSoftmax() ? lead() - others().logOfSum() : Double.POSITIVE_INFINITY;
  }

  /** 1 less the largest probability; 0 where its digits are lost. */
  private double complement() {
    if (classes > RowTile.LONGEST) {
      return 1 - confidence >= LEAST_DIFFERENCE ? 1 - confidence : 0;
    }
    double sum = 0;
    for (int j = 0; j < classes; j++) {
      sum += j == predicted ? 0 : probability(j);
    }
    return sum;
  }

  /** The statistics of a row of logits without the predicted one. */
  private RowStatistics others() {
    if (others == null) {
      if (isFloat) {
        float[] z = Arrays.copyOf(floatLogits(), classes);
        z[predicted] = Float.NEGATIVE_INFINITY;
        others = kernel.statistics(z, 0, classes, RowStatistics.NO_LABEL);
      } else {
        double[] z = Arrays.copyOf(doubleLogits(), classes);
        z[predicted] = Double.NEGATIVE_INFINITY;
        others = kernel.statistics(z, 0, classes, RowStatistics.NO_LABEL);
      }
    }
    return others;
  }

  /** The largest logit less the second. */
  private double lead() {
    return softmaxStatistics().max() - others().max();
  }

  /**
   * The log odds of the largest probability less the second, of a row of logits. With x =
   * exp(-lead) and T the sum of the other exponentials over that of the second, it is (1 - x) / (1
   * + xT).
   */
  public double marginLogOdds() {
    if (!others().hasSoftmax()) {
      return Double.POSITIVE_INFINITY;
    }
    double lead = lead();
    double rest = StrictMath.log1p(others().sumExp());
    return StrictMath.log1p(-StrictMath.exp(-lead)) + lead - rest;
  }

  /**
   * The log odds of the sum of the squared probabilities, of a row of logits: that is (1 + x^2 U) /
   * (1 + xT)^2 with U the sum of the squares; see {@link #marginLogOdds}.
   */
  public double squaresLogOdds() {
    if (!others().hasSoftmax()) {
      return Double.POSITIVE_INFINITY;
    }
    double x = StrictMath.exp(-lead());
    double sum = others().sumExp();
    double squares = others().sumExpSquares();
    double rest = StrictMath.log(2 * sum + x * (sum * sum - squares));
    return StrictMath.log1p(x * x * squares) + lead() - rest;
  }

  /**
   * {@code -log} of the entropy, of a row of logits: the entropy is log(1 + xT) + x (lead T + V) /
   * (1 + xT) with V the sum of the other exponentials times their distance to the second; see
   * {@link #marginLogOdds}.
   */
  public double negativeLogEntropy() {
    if (!others().hasSoftmax()) {
      return Double.POSITIVE_INFINITY;
    }
    double lead = lead();
    double sum = others().sumExp();
    double shifted = lead * sum - others().sumShiftedExp();
    double x = StrictMath.exp(-lead);
    return x < LEAST_COMPLEMENT
        ? lead - StrictMath.log(sum + shifted)
        : -StrictMath.log(StrictMath.log1p(x * sum) + x * shifted / (1 + x * sum));
  }

  private double logit(int j) {
    return isFloat ? floatLogits()[j] : doubleLogits()[j];
  }

  private float[] floatLogits() {
    if (floatLogits == null) {
      copiedLogits = ofLength(copiedLogits, classes);
      floatRows.copyLogits(place, copiedLogits);
      floatLogits = copiedLogits;
    }
    return floatLogits;
  }

  private double[] doubleLogits() {
    if (doubleLogits == null) {
      doubleLogits = new double[classes];
      doubleRows.copyLogits(place, doubleLogits);
    }
    return doubleLogits;
  }

  /** A copy of the logits; of probabilities their logarithms. */
  public double[] logits() {
    double[] z = new double[classes];
    for (int j = 0; j < classes; j++) {
      z[j] = isProbabilities ? StrictMath.log(doubleProbabilities[j]) : logit(j);
    }
    return z;
  }

  /** The probability of class j. */
  public double probability(int j) {
    computeProbabilities();
    return isFloat ? exponentials[j] * scale : doubleProbabilities[j];
  }

  /** As {@link #probability}, rounded as {@link ClassTotals} rounds it. */
  double quantizedProbability(int j) {
    computeProbabilities();
    return isFloat
        ? ClassTotals.quantized(exponentials[j] * scale)
        : ClassTotals.quantized(doubleProbabilities[j]);
  }

  void addTo(ClassTotals totals, boolean weighted) {
    computeProbabilities();
    if (isFloat && weighted) {
      totals.add(exponentials, scale, weight);
    } else if (isFloat) {
      totals.add(exponentials, scale, kernel);
    } else if (weighted) {
      totals.add(doubleProbabilities, weight);
    } else {
      totals.add(doubleProbabilities);
    }
  }

  private void computeProbabilities() {
    if (hasProbabilities) {
      return;
    }
    hasProbabilities = true;
    if (floatRows != null) {
      exponentials = ofLength(exponentials, classes);
      floatRows.copyProbabilities(place, exponentials);
    } else if (doubleRows != null) {
      doubleProbabilities = ofLength(doubleProbabilities, classes);
      doubleRows.copyProbabilities(place, doubleProbabilities);
    } else if (isFloat) {
      kernel.exponentials(floatLogits, 0, classes, label, exponentials);
    } else {
      doubleProbabilities = ofLength(doubleProbabilities, classes);
      kernel.softmax(doubleLogits, 0, classes, statistics, doubleProbabilities);
    }
  }

  /**
   * Lists the classes whose probability is at least {@code threshold}, and perhaps some that are
   * barely below it.
   *
   * @return how many they are; class i of them is {@link #large}
   */
  int findLarge(double threshold) {
    // Softmax and the statistics may round the same probability differently.
    double bound = threshold * (1 - 1e-5);
    largeCount = 0;
    if (confidence < bound) {
      return 0;
    }
    if (classes > SHORT_ROW && runnerUpProbability() < bound) {
      large[largeCount++] = predicted;
      return 1;
    }
    computeProbabilities();
    if (isFloat && classes <= SHORT_ROW) {
      return findLargeOfShortRow((float) (bound / scale));
    }
    int j = nextLarge(0, bound);
    while (j < classes) {
      if (largeCount == large.length) {
        large = Arrays.copyOf(large, 2 * largeCount);
      }
      large[largeCount++] = j;
      j = nextLarge(j + 1, bound);
    }
    return largeCount;
  }

  private int findLargeOfShortRow(float least) {
    if (large.length < classes) {
      large = new int[SHORT_ROW];
    }
    float[] e = exponentials;
    int n = 0;
    for (int j = 0; j < classes; j++) {
      large[n] = j;
      n += e[j] >= least ? 1 : 0;
    }
    largeCount = n;
    return n;
  }

  private int nextLarge(int from, double bound) {
    return isFloat
        ? kernel.firstAtLeast(exponentials, from, classes, (float) (bound / scale))
        : kernel.firstAtLeast(doubleProbabilities, from, classes, bound);
  }

  /** How many classes {@link #findLarge} found. */
  int largeCount() {
    return largeCount;
  }

  /** Class {@code i} of those that {@link #findLarge} found. */
  int large(int i) {
    return large[i];
  }

  /** The second largest probability. */
  public double runnerUpProbability() {
    return isProbabilities ? runnerUp : softmaxStatistics().runnerUpProbability();
  }

  private static double[] ofLength(double[] buffer, int length) {
    return buffer.length == length ? buffer : new double[length];
  }

  private static float[] ofLength(float[] buffer, int length) {
    return buffer.length == length ? buffer : new float[length];
  }
}
