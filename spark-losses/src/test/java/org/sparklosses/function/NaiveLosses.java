// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** The formulas of the catalogue written down plainly, in double, for finite logits. */
public final class NaiveLosses {

  private NaiveLosses() {}

  private static final Set<String> FUNCTIONS =
      Set.of(
          "softmax",
          "log_softmax",
          "logsumexp",
          "cross_entropy_loss",
          "nll_loss",
          "label_smoothing_loss",
          "poly1_cross_entropy_loss",
          "focal_loss",
          "generalized_cross_entropy_loss",
          "brier_loss",
          "squentropy_loss");

  /** Whether the function is written down here. */
  public static boolean has(String function) {
    return FUNCTIONS.contains(function);
  }

  /** The value of a function: double[] or Double. */
  public static Object value(String function, Map<String, Object> arguments) {
    double[] first = (double[]) arguments.getOrDefault("logits", arguments.get("log_probs"));
    double temperature = number(arguments, "temperature", 1);
    double[] z = Arrays.stream(first).map(v -> v / temperature).toArray();
    double m = Arrays.stream(z).max().orElseThrow();
    double lse = m + Math.log(Arrays.stream(z).map(v -> Math.exp(v - m)).sum());
    double[] l = Arrays.stream(z).map(v -> lse - v).toArray();
    double[] p = Arrays.stream(z).map(v -> Math.exp(v - lse)).toArray();
    Object target = arguments.getOrDefault("target", arguments.get("label"));
    double[] t = new double[z.length];
    int y = target instanceof Double index ? index.intValue() : -1;
    if (y >= 0) {
      t[y] = 1;
    } else if (target != null) {
      t = (double[]) target;
    }
    double[] w = new double[z.length];
    Arrays.fill(w, 1);
    if (arguments.get("weight") != null) {
      w = (double[]) arguments.get("weight");
    }
    double mean = Arrays.stream(z).average().orElseThrow();
    return switch (function) {
      case "softmax" -> p;
      case "log_softmax" -> Arrays.stream(l).map(v -> -v).toArray();
      case "logsumexp" -> lse;
      case "cross_entropy_loss" -> crossEntropy(l, t, w, number(arguments, "label_smoothing", 0));
      case "nll_loss" -> -w[y] * first[y];
      case "label_smoothing_loss" -> l[y] + number(arguments, "alpha", 0.1) * (z[y] - mean);
      case "poly1_cross_entropy_loss" -> l[y] + number(arguments, "epsilon", 1) * (1 - p[y]);
      case "focal_loss" -> w[y] * Math.pow(1 - p[y], number(arguments, "gamma", 2)) * l[y];
      case "generalized_cross_entropy_loss" ->
          generalized(Math.max(p[y], number(arguments, "k", 0)), l[y], number(arguments, "q", 0.7));
      case "brier_loss" -> squaredDistance(p, t);
      case "squentropy_loss" ->
          l[y]
              + (z.length == 1
                  ? 0
                  : (Arrays.stream(z).map(v -> v * v).sum() - z[y] * z[y]) / (z.length - 1));
      default -> throw new IllegalArgumentException(function);
    };
  }

  private static double crossEntropy(double[] l, double[] t, double[] w, double e) {
    double sum = 0;
    for (int c = 0; c < l.length; c++) {
      sum += w[c] * ((1 - e) * t[c] + e / l.length) * l[c];
    }
    return sum;
  }

  private static double generalized(double p, double l, double q) {
    return q == 0 ? l : (1 - Math.pow(p, q)) / q;
  }

  private static double squaredDistance(double[] p, double[] t) {
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      sum += (p[c] - t[c]) * (p[c] - t[c]);
    }
    return sum;
  }

  private static double number(Map<String, Object> arguments, String name, double byDefault) {
    Object value = arguments.get(name);
    return value == null ? byDefault : (Double) value;
  }
}
