// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How often classes are predicted for labels, pair by pair that occurs, and the figures that depend
 * on nothing else. Their cost grows with the pairs and the classes, not with the square of these.
 *
 * @param classes the number K of classes
 * @param label of each pair, in [0, K)
 * @param predicted of each pair, in [0, K)
 * @param weight of each pair, above 0; a pair occurs once
 */
// The arrays are shared, not copied: nothing writes to them.
@SuppressWarnings("ArrayRecordComponent")
public record ConfusionMatrix(int classes, int[] label, int[] predicted, double[] weight) {

  /**
   * The figures of each class; 0 where 0 would be divided by 0.
   *
   * @param support the weight of the rows of the label
   * @param predicted the weight of the rows predicted so
   * @param hit the weight of the rows of the label predicted so
   * @param precision hit / predicted
   * @param recall hit / support
   * @param fbeta (1 + beta^2) hit / (beta^2 support + predicted)
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record ClassFigures(
      double[] support,
      double[] predicted,
      double[] hit,
      double[] precision,
      double[] recall,
      double[] fbeta) {}

  /** A label that is taken for another class. */
  public record Mistake(int label, int predicted, double weight) {}

  /** Of a dense matrix, label by row. */
  public static ConfusionMatrix of(double[][] matrix) {
    int classes = matrix.length;
    int[] pairs =
        IntStream.range(0, classes * classes)
            .filter(pair -> matrix[pair / classes][pair % classes] > 0)
            .toArray();
    return new ConfusionMatrix(
        classes,
        Arrays.stream(pairs).map(pair -> pair / classes).toArray(),
        Arrays.stream(pairs).map(pair -> pair % classes).toArray(),
        Arrays.stream(pairs).mapToDouble(pair -> matrix[pair / classes][pair % classes]).toArray());
  }

  /** The figures of each class. */
  public ClassFigures classFigures(double beta) {
    double[] support = new double[classes];
    double[] times = new double[classes];
    double[] hit = new double[classes];
    for (int i = 0; i < weight.length; i++) {
      support[label[i]] += weight[i];
      times[predicted[i]] += weight[i];
      if (label[i] == predicted[i]) {
        hit[label[i]] += weight[i];
      }
    }
    double square = beta * beta;
    double[] precision = new double[classes];
    double[] recall = new double[classes];
    double[] fbeta = new double[classes];
    for (int k = 0; k < classes; k++) {
      precision[k] = ratio(hit[k], times[k]);
      recall[k] = ratio(hit[k], support[k]);
      fbeta[k] = ratio((1 + square) * hit[k], square * support[k] + times[k]);
    }
    return new ClassFigures(support, times, hit, precision, recall, fbeta);
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }

  /**
   * The classification report; all parts NaN without rows.
   *
   * <ul>
   *   <li>{@code accuracy}, and {@code balanced_accuracy}: mean recall of the classes that are
   *       labels;
   *   <li>{@code precision_}, {@code recall_} and {@code fbeta_} with {@code macro}: the mean over
   *       the classes that are labels or predicted; {@code weighted}: by support; {@code micro}: of
   *       all pairs, which is the accuracy;
   *   <li>{@code mcc}: Matthews' correlation coefficient for several classes (Gorodkin 2004,
   *       doi:10.1016/j.compbiolchem.2004.09.006), 0 where a variance is 0;
   *   <li>{@code kappa}, {@code kappa_linear}, {@code kappa_quadratic}: Cohen's kappa with
   *       disagreements that count 1, |i - j| or (i - j)^2, NaN where none is expected.
   * </ul>
   *
   * @param beta how many times recall counts as much as precision in F
   */
  public Map<String, Double> report(double beta) {
    ClassFigures figures = classFigures(beta);
    double total = CompensatedSum.of(weight);
    double accuracy = CompensatedSum.of(figures.hit) / total;
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("accuracy", accuracy);
    report.put("balanced_accuracy", mean(figures.recall, k -> figures.support[k] > 0));
    putAverages(report, "precision", figures.precision, figures, total, accuracy);
    putAverages(report, "recall", figures.recall, figures, total, accuracy);
    putAverages(report, "fbeta", figures.fbeta, figures, total, accuracy);
    report.put("mcc", correlation(figures, total));
    report.put("kappa", kappa(figures, total, distance -> 1, chanceDisagreement(figures)));
    report.put(
        "kappa_linear", kappa(figures, total, distance -> distance, chanceDistance(figures)));
    report.put(
        "kappa_quadratic",
        kappa(figures, total, distance -> distance * distance, chanceSquaredDistance(figures)));
    if (!(total > 0)) {
      report.replaceAll((name, value) -> Double.NaN);
    }
    return report;
  }

  private static void putAverages(
      Map<String, Double> report,
      String name,
      double[] values,
      ClassFigures figures,
      double total,
      double accuracy) {
    CompensatedSum weighted = new CompensatedSum();
    for (int k = 0; k < values.length; k++) {
      weighted.add(values[k] * figures.support[k]);
    }
    report.put(
        name + "_macro", mean(values, k -> figures.support[k] > 0 || figures.predicted[k] > 0));
    report.put(name + "_weighted", weighted.value() / total);
    report.put(name + "_micro", accuracy);
  }

  private static double mean(double[] values, IntPredicate counts) {
    CompensatedSum sum = new CompensatedSum();
    int n = 0;
    for (int k = 0; k < values.length; k++) {
      if (counts.test(k)) {
        sum.add(values[k]);
        n++;
      }
    }
    return sum.value() / n;
  }

  private double correlation(ClassFigures figures, double total) {
    if (occurring(figures.support) < 2 || occurring(figures.predicted) < 2) {
      return 0;
    }
    CompensatedSum hits = new CompensatedSum();
    CompensatedSum labelVariance = new CompensatedSum();
    CompensatedSum predictedVariance = new CompensatedSum();
    for (int k = 0; k < classes; k++) {
      double support = figures.support[k] / total;
      double times = figures.predicted[k] / total;
      hits.add(figures.hit[k] / total - support * times);
      labelVariance.add(support * (1 - support));
      predictedVariance.add(times * (1 - times));
    }
    return hits.value() / Math.sqrt(labelVariance.value() * predictedVariance.value());
  }

  private static long occurring(double[] weights) {
    return Arrays.stream(weights).filter(w -> w > 0).count();
  }

  private interface Disagreement {
    double of(double distance);
  }

  /** 1 - observed / expected disagreement, {@code expected} being sum of M_ij support_i times_j. */
  private double kappa(
      ClassFigures figures, double total, Disagreement disagreement, double expected) {
    boolean isOneClass =
        occurring(figures.support) == 1
            && occurring(figures.predicted) == 1
            && IntStream.range(0, classes)
                .allMatch(k -> figures.support[k] > 0 == figures.predicted[k] > 0);
    if (isOneClass) {
      return Double.NaN;
    }
    CompensatedSum observed = new CompensatedSum();
    for (int i = 0; i < weight.length; i++) {
      if (label[i] != predicted[i]) {
        observed.add(weight[i] * disagreement.of(Math.abs((double) label[i] - predicted[i])));
      }
    }
    return 1 - observed.value() / (expected / total);
  }

  private double chanceDisagreement(ClassFigures figures) {
    double total = CompensatedSum.of(figures.predicted);
    CompensatedSum sum = new CompensatedSum();
    for (int k = 0; k < classes; k++) {
      sum.add(figures.support[k] * (total - figures.predicted[k]));
    }
    return sum.value();
  }

  /** |i - j| is the number of t with one of i, j at most t and the other above. */
  private double chanceDistance(ClassFigures figures) {
    double total = CompensatedSum.of(figures.predicted);
    CompensatedSum sum = new CompensatedSum();
    CompensatedSum labelled = new CompensatedSum();
    CompensatedSum predicted = new CompensatedSum();
    for (int t = 0; t < classes; t++) {
      labelled.add(figures.support[t]);
      predicted.add(figures.predicted[t]);
      sum.add(labelled.value() * (total - predicted.value()));
      sum.add((total - labelled.value()) * predicted.value());
    }
    return sum.value();
  }

  /** By the moments of both marginal distributions about the mean label. */
  private double chanceSquaredDistance(ClassFigures figures) {
    double total = CompensatedSum.of(figures.predicted);
    double centre = moment(figures.support, 0, 1) / total;
    return total * (moment(figures.support, centre, 2) + moment(figures.predicted, centre, 2))
        - 2 * moment(figures.support, centre, 1) * moment(figures.predicted, centre, 1);
  }

  private static double moment(double[] weights, double centre, int power) {
    CompensatedSum sum = new CompensatedSum();
    for (int k = 0; k < weights.length; k++) {
      sum.add(weights[k] * (power == 1 ? k - centre : (k - centre) * (k - centre)));
    }
    return sum.value();
  }

  /** The most frequent mistakes, the heaviest first, then by label, then by predicted class. */
  public List<Mistake> topMistakes(int n) {
    return IntStream.range(0, weight.length)
        .filter(i -> label[i] != predicted[i])
        .mapToObj(i -> new Mistake(label[i], predicted[i], weight[i]))
        .sorted(
            Comparator.comparingDouble(Mistake::weight)
                .reversed()
                .thenComparingInt(Mistake::label)
                .thenComparingInt(Mistake::predicted))
        .limit(n)
        .toList();
  }
}
