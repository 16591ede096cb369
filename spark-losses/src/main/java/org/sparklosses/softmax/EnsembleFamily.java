// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** How unsure the members of an ensemble are of a row, each by itself and among each other. */
public final class EnsembleFamily implements FunctionFamily {

  private static final RowKernel KERNEL = RowKernels.get();

  @Override
  public String title() {
    return "Ensembles";
  }

  @Override
  public String use() {
    return "Where several models, or several draws of one, predict the same row: how "
        + "much of the uncertainty is in the data (aleatoric) and how much is that the "
        + "members disagree, which more data would cure (mutual_information, epkl).";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(uncertainty());
  }

  private static RowFunction uncertainty() {
    return RowFunction.define("ensemble_uncertainty")
        .parameters(
            column(
                "member_logits",
                ParameterType.MATRIX,
                "the logits of each member of the ensemble, or of each draw of its weights"),
            required(
                "part",
                ParameterType.STRING,
                Range.oneOf(
                    List.of(
                        "total",
                        "aleatoric",
                        "mutual_information",
                        "epkl",
                        "variation_ratio",
                        "disagreement")),
                "which uncertainty"))
        .summary("The uncertainty of an ensemble, in all and by where it comes from.")
        .formula(
            "with p_m of member m, q = mean_m p_m, H in nats: total H(q); aleatoric mean_m H(p_m);"
                + " mutual_information their difference; epkl mean over all pairs (m, l) of KL(p_m"
                + " || p_l); variation_ratio 1 - the share of the most frequent argmax;"
                + " disagreement the share of ordered pairs m != l whose argmax differs")
        .range(
            "[0, log C] for the first three, [0, inf] for epkl, [0, 1] for shares; NaN where a"
                + " member has no softmax")
        .source(
            "Houlsby et al. 2011, BALD, arXiv:1112.5745; Malinin & Gales 2020, arXiv:2002.07650"
                + " (EPKL); Freeman 1965 (variation ratio)")
        .example(
            "ensemble_uncertainty(array(array(2.0, 0.5), array(0.1, 0.7)), part =>"
                + " 'mutual_information')")
        .body(
            settings -> {
              ToDoubleFunction<Members> part = part(settings.text("part"));
              return Body.ofRow(row -> part.applyAsDouble(Members.of(row.matrix(0))));
            });
  }

  private static ToDoubleFunction<Members> part(String name) {
    return switch (name) {
      case "total" -> Members::total;
      case "aleatoric" -> Members::aleatoric;
      case "mutual_information" -> members -> Math.max(0, members.total() - members.aleatoric());
      case "epkl" -> Members::pairwiseDivergence;
      case "variation_ratio" -> Members::variationRatio;
      case "disagreement" -> Members::disagreement;
      default -> throw new IllegalArgumentException("ensemble_uncertainty: no part " + name);
    };
  }

  /**
   * What the members say of a row.
   *
   * @param statistics of each member
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Members(double[][] logits, RowStatistics[] statistics) {

    static Members of(double[][] logits) {
      RowStatistics[] statistics = new RowStatistics[logits.length];
      for (int m = 0; m < logits.length; m++) {
        statistics[m] = KERNEL.statistics(logits[m], 0, logits[m].length, RowStatistics.NO_LABEL);
      }
      return new Members(logits, statistics);
    }

    private int size() {
      return logits.length;
    }

    private boolean isDefined() {
      for (RowStatistics s : statistics) {
        if (!s.hasSoftmax()) {
          return false;
        }
      }
      return true;
    }

    private double logProbability(int member, int k) {
      RowStatistics s = statistics[member];
      return logits[member][k] - s.max() - s.logOfSum();
    }

    private double probability(int member, int k) {
      RowStatistics s = statistics[member];
      return StrictMath.exp(logits[member][k] - s.max()) / s.sumExp();
    }

    double total() {
      if (!isDefined()) {
        return Double.NaN;
      }
      double entropy = 0;
      for (int k = 0; k < logits[0].length; k++) {
        double mean = 0;
        for (int m = 0; m < size(); m++) {
          mean += probability(m, k);
        }
        mean /= size();
        entropy -= mean > 0 ? mean * StrictMath.log(mean) : 0;
      }
      return Math.max(0, entropy);
    }

    double aleatoric() {
      double sum = 0;
      for (RowStatistics s : statistics) {
        sum += s.entropy();
      }
      return sum / size();
    }

    /** {@code sum_k (mean_m p_mk log p_mk - mean_m p_mk mean_l log p_lk)}. */
    double pairwiseDivergence() {
      if (!isDefined()) {
        return Double.NaN;
      }
      double divergence = 0;
      for (int k = 0; k < logits[0].length; k++) {
        double meanLog = 0;
        for (int l = 0; l < size(); l++) {
          meanLog += logProbability(l, k) / size();
        }
        for (int m = 0; m < size(); m++) {
          double p = probability(m, k);
          divergence += p > 0 ? p * (logProbability(m, k) - meanLog) / size() : 0;
        }
      }
      return Math.max(0, divergence);
    }

    double variationRatio() {
      int most = 0;
      for (int votes : votes()) {
        most = Math.max(most, votes);
      }
      return isDefined() ? (size() - most) / (double) size() : Double.NaN;
    }

    double disagreement() {
      if (!isDefined()) {
        return Double.NaN;
      }
      long pairs = (long) size() * (size() - 1);
      long agreeing = 0;
      for (int votes : votes()) {
        agreeing += (long) votes * (votes - 1);
      }
      return pairs == 0 ? 0 : (pairs - agreeing) / (double) pairs;
    }

    private int[] votes() {
      int[] votes = new int[logits[0].length];
      for (RowStatistics s : statistics) {
        votes[s.argmax()]++;
      }
      return votes;
    }
  }
}
