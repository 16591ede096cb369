// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.Arrays;
import java.util.Map;

/** Ranking figures by their definitions, straight from rows; slow. */
final class NaiveRanking {

  private final double[] score;
  private final double[] outcome;
  private final double[] weight;
  private final double[] thresholds;
  private final double total;
  private final double positives;
  private final double negatives;

  NaiveRanking(double[] score, double[] outcome, double[] weight) {
    this.score = score;
    this.outcome = outcome;
    this.weight = weight;
    double[] ascending =
        Arrays.stream(rows()).filter(i -> weight[i] > 0).mapToDouble(i -> score[i]).toArray();
    ascending = Arrays.stream(ascending).distinct().sorted().toArray();
    thresholds = new double[ascending.length];
    for (int i = 0; i < ascending.length; i++) {
      thresholds[i] = ascending[ascending.length - 1 - i];
    }
    total = accepted(Double.NEGATIVE_INFINITY);
    positives = loss(Double.NEGATIVE_INFINITY);
    negatives = total - positives;
  }

  private int[] rows() {
    int[] rows = new int[score.length];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  private double accepted(double threshold) {
    return Arrays.stream(rows())
        .filter(i -> score[i] >= threshold)
        .mapToDouble(i -> weight[i])
        .sum();
  }

  private double loss(double threshold) {
    return Arrays.stream(rows())
        .filter(i -> score[i] >= threshold)
        .mapToDouble(i -> weight[i] * outcome[i])
        .sum();
  }

  private double tpr(double threshold) {
    return loss(threshold) / positives;
  }

  private double fpr(double threshold) {
    return (accepted(threshold) - loss(threshold)) / negatives;
  }

  private double precision(double threshold) {
    return loss(threshold) / accepted(threshold);
  }

  double auc() {
    double wins = 0;
    for (int i = 0; i < score.length; i++) {
      for (int j = 0; j < score.length; j++) {
        double pair = weight[i] * outcome[i] * weight[j] * (1 - outcome[j]);
        wins += score[i] > score[j] ? pair : score[i] == score[j] ? pair / 2 : 0;
      }
    }
    return wins / positives / negatives;
  }

  /** The area of every trapezoid up to the rate, the last one cut. */
  double partialAuc(double maxFpr) {
    double area = 0;
    double x = 0;
    double y = 0;
    for (double t : thresholds) {
      double nextX = fpr(t);
      double nextY = tpr(t);
      if (x < maxFpr && nextX > x) {
        double end = Math.min(nextX, maxFpr);
        double yAtEnd = y + (nextY - y) * (end - x) / (nextX - x);
        area += (end - x) * (y + yAtEnd) / 2;
      }
      x = nextX;
      y = nextY;
    }
    return area;
  }

  double ksStatistic() {
    return Arrays.stream(thresholds).map(t -> Math.abs(tpr(t) - fpr(t))).max().orElseThrow();
  }

  double averagePrecision() {
    double sum = 0;
    double recall = 0;
    for (double t : thresholds) {
      sum += (tpr(t) - recall) * precision(t);
      recall = tpr(t);
    }
    return sum;
  }

  double prAucTrapezoid() {
    double sum = 0;
    double recall = 0;
    double precision = 1;
    for (double t : thresholds) {
      sum += (tpr(t) - recall) * (precision + precision(t)) / 2;
      recall = tpr(t);
      precision = precision(t);
    }
    return sum;
  }

  private double operatingPoint(double tpr) {
    return Arrays.stream(thresholds).filter(t -> tpr(t) >= tpr - 1e-12).findFirst().orElseThrow();
  }

  double fprAtTpr(double tpr) {
    return fpr(operatingPoint(tpr));
  }

  double detectionError() {
    return Math.min(0.5, Arrays.stream(thresholds).map(this::error).min().orElseThrow());
  }

  double detectionErrorAtTpr(double tpr) {
    return error(operatingPoint(tpr));
  }

  private double error(double threshold) {
    return 0.5 * (1 - tpr(threshold)) + 0.5 * fpr(threshold);
  }

  double lift(double fraction) {
    double left = fraction * total;
    double found = 0;
    double before = 0;
    double foundBefore = 0;
    for (double t : thresholds) {
      double group = accepted(t) - before;
      double taken = Math.min(group, Math.max(0, left));
      found += (loss(t) - foundBefore) * taken / group;
      left -= taken;
      before = accepted(t);
      foundBefore = loss(t);
    }
    return found / (fraction * total) / (positives / total);
  }

  /** step, trapezoid, augrc. */
  Map<String, Double> areas() {
    double step = 0;
    double trapezoid = 0;
    double augrc = 0;
    double coverage = 0;
    double risk = precision(thresholds[0]);
    double generalized = 0;
    for (double t : thresholds) {
      double width = accepted(t) / total - coverage;
      step += width * precision(t);
      trapezoid += width * (risk + precision(t)) / 2;
      augrc += width * (generalized + loss(t) / total) / 2;
      coverage = accepted(t) / total;
      risk = precision(t);
      generalized = loss(t) / total;
    }
    return Map.of("step", step, "trapezoid", trapezoid, "augrc", augrc);
  }

  double riskAtCoverage(double coverage) {
    double threshold =
        Arrays.stream(thresholds)
            .filter(t -> accepted(t) / total >= coverage - 1e-12)
            .findFirst()
            .orElseThrow();
    return precision(threshold);
  }

  double coverageAtRisk(double risk) {
    return Arrays.stream(thresholds)
        .filter(t -> precision(t) <= risk + 1e-15)
        .map(t -> accepted(t) / total)
        .max()
        .orElse(0);
  }
}
