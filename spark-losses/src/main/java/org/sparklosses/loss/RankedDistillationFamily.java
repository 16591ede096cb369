// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;
import org.sparklosses.softmax.Largest;

/** Distillation of the order in which a teacher puts the classes. */
public final class RankedDistillationFamily implements FunctionFamily {

  private static final double SCORE_EPSILON = 1e-6;
  private static final double WEAK_LABEL_SHARE = 0.9;

  @Override
  public String title() {
    return "Distillation by ranks";
  }

  @Override
  public String use() {
    return "Where the order of the classes is to be taught more than their probabilities, "
        + "by a teacher or by the model itself.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(uskd(), pld(), partialLabel());
  }

  private static RowFunction uskd() {
    return RowFunction.define("uskd_loss")
        .parameters(
            logits(),
            column("weak_logits", ParameterType.LOGITS, "the scores of a head on earlier features"),
            label(),
            column(
                "mean_squared_target_prob",
                ParameterType.DOUBLE,
                "m, the mean of s_y^2 over the batch, as by avg() over it"),
            number("alpha", 1.0, Range.any(), "the weight of the label's part"),
            number("beta", 0.1, Range.any(), "the weight of the other classes' part"),
            number("mu", 0.005, Range.any(), "the weight of the weak head's part"))
        .summary("Self-distillation: the model teaches itself by the ranks of its own scores.")
        .formula(
            "-alpha (s_y^2 + 1 - m) log s_y - beta sum_{i != y} n_i log s'_i - mu sum_i (0.9 [i ="
                + " y] + 0.1/C) log w_i; s, w the softmax of logits and weak_logits, s' that of the"
                + " classes but y, n_i in proportion to 1 over the rank of w_i/(1 - w_y + 1e-6) +"
                + " s_i/(1 - s_y + 1e-6) among all classes")
        .range("any; NaN where a softmax is")
        .source(
            "Yang et al. 2023, arXiv:2303.13005; ranks by probabilities as in the paper, not by"
                + " their logarithms as in its code")
        .example("uskd_loss(array(2.0, 0.5, -1.0), array(1.0, 0.7, -0.2), 0, 0.6)")
        .body(
            settings -> {
              String function = settings.owner();
              double alpha = settings.number("alpha");
              double beta = settings.number("beta");
              double mu = settings.number("mu");
              return Body.ofRowAndStatistics(row -> uskd(function, row, alpha, beta, mu));
            });
  }

  private static RowFunction pld() {
    return RowFunction.define("pld_loss")
        .parameters(
            Distillation.student(),
            Distillation.teacher(),
            label(),
            Distillation.temperature(1, "the teacher's"))
        .summary("How unlikely the student's draws are to come out in the teacher's order.")
        .formula(
            "sum_k q_{o_k} (log sum_{l >= k} exp(s_{o_l}) - s_{o_k}), o = y, then the other classes"
                + " by decreasing teacher logit; q = softmax(teacher / T)")
        .range("[0, inf]; 0 for one class; NaN where either softmax is")
        .source(
            "Bassam, Zhu & Bian 2025, arXiv:2506.12542 (Plackett-Luce); equal teacher logits by"
                + " lowest index")
        .example("pld_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0), 0)")
        .body(
            settings -> {
              double temperature = settings.number("temperature");
              return Body.ofRow(row -> pld(row, temperature));
            });
  }

  private static RowFunction partialLabel() {
    return RowFunction.define("partial_label_distillation_loss")
        .parameters(
            Distillation.student(),
            Distillation.teacher(),
            integer("k", 2, Range.atLeast(1), "how many classes the teacher proposes"))
        .summary("Cross entropy with the teacher's k strongest classes as equal labels.")
        .formula("-(1/k) sum_{i in top k of teacher} log softmax(student)_i; k at most C")
        .range("[0, inf]; NaN where the student's softmax is")
        .source("Jeong & Chung 2024, arXiv:2402.10482; equal teacher logits by lowest index")
        .example("partial_label_distillation_loss(array(2.0, 0.5, -1.0), array(3.0, 1.0, -2.0))")
        .body(RankedDistillationFamily::partialLabel);
  }

  private static double uskd(String function, Row row, double alpha, double beta, double mu) {
    double[] z = row.logits();
    int y = row.label();
    Distillation.checkTwoClasses(function, z);
    LogSoftmax strong = LogSoftmax.of(z, row.statistics());
    LogSoftmax weak = LogSoftmax.of(row.array(1), 1);
    double p = strong.probability(y);
    double label = Mass.times(p * p + 1 - row.number(3), strong.crossEntropy(y));
    double weakSum = 0;
    for (int j = 0; j < z.length; j++) {
      double share = (j == y ? WEAK_LABEL_SHARE : 0) + (1 - WEAK_LABEL_SHARE) / z.length;
      weakSum += share * weak.crossEntropy(j);
    }
    return alpha * label + beta * byRank(z, strong, weak, y) + mu * weakSum;
  }

  /** Cross entropy of the classes but y with labels in proportion to 1 over their rank. */
  private static double byRank(double[] z, LogSoftmax strong, LogSoftmax weak, int y) {
    double strongRest = 1 - strong.probability(y) + SCORE_EPSILON;
    double weakRest = 1 - weak.probability(y) + SCORE_EPSILON;
    double[] scores = new double[z.length];
    for (int j = 0; j < scores.length; j++) {
      scores[j] = weak.probability(j) / weakRest + strong.probability(j) / strongRest;
    }
    LogSoftmax others = LogSoftmax.without(z, 1, y);
    int[] order = DescendingOrder.of(scores);
    double mass = 0;
    double sum = 0;
    for (int k = 0; k < order.length; k++) {
      if (order[k] != y) {
        double share = 1.0 / (k + 1);
        mass += share;
        sum += share * others.crossEntropy(order[k]);
      }
    }
    return sum / mass;
  }

  private static double pld(Row row, double temperature) {
    double[] s = row.array(0);
    double[] t = row.array(1);
    int y = row.label();
    LogSoftmax teacher = LogSoftmax.of(t, temperature);
    int[] order = DescendingOrder.of(t);
    Tail tail = new Tail();
    double loss = 0;
    for (int k = order.length - 1; k >= 0; k--) {
      if (order[k] != y) {
        loss += Mass.times(teacher.probability(order[k]), tail.extend(s[order[k]]));
      }
    }
    return loss + Mass.times(teacher.probability(y), tail.extend(s[y]));
  }

  /** The classes from one on in an order, from the last to the first. */
  private static final class Tail {

    private double max = Double.NEGATIVE_INFINITY;
    private double sum;

    /** Adds a class; returns {@code log sum exp(z) - z} with the sum over the tail. */
    double extend(double z) {
      if (z > max) {
        sum = sum * StrictMath.exp(max - z) + 1;
        max = z;
      } else if (z != Double.NEGATIVE_INFINITY) {
        sum += StrictMath.exp(z - max);
      }
      return max + StrictMath.log(sum) - z;
    }
  }

  private static Body partialLabel(Settings settings) {
    int k = settings.integer("k");
    return Body.ofRowAndStatistics(
        row -> {
          double[] t = row.array(1);
          LogSoftmax student = LogSoftmax.of(row.array(0), row.statistics());
          for (double x : t) {
            if (Double.isNaN(x)) {
              return Double.NaN;
            }
          }
          int[] largest = Largest.of(t, Math.min(k, t.length));
          double sum = 0;
          for (int j : largest) {
            sum += student.crossEntropy(j);
          }
          return sum / largest.length;
        });
  }
}
