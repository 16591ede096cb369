// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.ClassValues;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** Scoring rules that are no training losses, those of ordered classes among them. */
public final class ScoringRuleFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Scoring rules and ordered classes";
  }

  @Override
  public String use() {
    return "Where classes are in order (grades, ratings, ages), rps and crps_discrete "
        + "charge a miss by how far it is off. spherical_score is proper and bounded. "
        + "excess_confidence tells overconfidence from hard data.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(spherical(), rankedProbability(), discreteCrps(), excessConfidence());
  }

  private static RowFunction spherical() {
    return RowFunction.define("spherical_score")
        .largerIsBetter()
        .parameters(logits(), label())
        .summary("The label's probability over the length of all; higher is better.")
        .formula("p_y / sqrt(sum_c p_c^2)")
        .range("[0, 1]")
        .source("Gneiting & Raftery 2007, doi:10.1198/016214506000001437")
        .example("spherical_score(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings ->
                Body.ofStatistics(
                    s ->
                        s.hasSoftmax()
                            ? StrictMath.exp(s.labelLogit() - s.max())
                                / StrictMath.sqrt(s.sumExpSquares())
                            : Double.NaN));
  }

  private static RowFunction rankedProbability() {
    return RowFunction.define("rps")
        .parameters(logits(), label(), flag("normalized", false, "divides by C - 1"))
        .summary("The ranked probability score of classes that are in order.")
        .formula("sum_{k < C-1} (F_k - [y <= k])^2, F_k = sum_{c <= k} p_c; normalized: / (C - 1)")
        .range("[0, C - 1]; normalized [0, 1], NaN for one class")
        .source("Epstein 1969; Gneiting & Raftery 2007, doi:10.1198/016214506000001437")
        .example("rps(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              boolean normalized = settings.flag("normalized");
              return Body.ofRowAndStatistics(
                  row -> {
                    double sum = distance(row, null);
                    return normalized ? sum / (row.classes() - 1) : sum;
                  });
            });
  }

  private static RowFunction discreteCrps() {
    return RowFunction.define("crps_discrete")
        .parameters(
            logits(),
            label(),
            required(
                "values",
                ParameterType.ARRAY,
                Range.any(),
                "the number that each class stands for, ascending"))
        .summary("The continuous ranked probability score of classes that stand for numbers.")
        .formula("sum_{k < C-1} (F_k - [y <= k])^2 (v_{k+1} - v_k), F_k = sum_{c <= k} p_c")
        .range("[0, v_last - v_first]")
        .source("Gneiting & Raftery 2007, doi:10.1198/016214506000001437")
        .example("crps_discrete(array(2.0, 0.5, -1.0), 0, values => array(0, 1, 4))")
        .body(
            settings -> {
              checkAscending(settings.array("values"));
              ClassValues values = settings.classValues("values");
              return Body.ofRowAndStatistics(row -> distance(row, values.all(row.classes())));
            });
  }

  private static void checkAscending(double[] values) {
    for (int k = 1; k < values.length; k++) {
      if (!(values[k - 1] <= values[k])) {
        throw new IllegalArgumentException(
            "crps_discrete: values["
                + k
                + "] = "
                + values[k]
                + " follows "
                + values[k - 1]
                + "; give the numbers of the classes in ascending order");
      }
    }
  }

  /**
   * The squared distance of the distribution functions of prediction and label, by the width of the
   * steps; a step is 1 without values. From the label on the difference is what lies above, summed
   * from the far end, so that no digits cancel.
   */
  private static double distance(Row row, double[] values) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Double.NaN;
    }
    double[] z = row.logits();
    double distance = 0;
    double below = 0;
    for (int k = 0; k < row.label(); k++) {
      below += StrictMath.exp(z[k] - s.max());
      distance += below * below * width(values, k);
    }
    double above = 0;
    for (int k = z.length - 2; k >= row.label(); k--) {
      above += StrictMath.exp(z[k + 1] - s.max());
      distance += above * above * width(values, k);
    }
    return distance / (s.sumExp() * s.sumExp());
  }

  private static double width(double[] values, int k) {
    return values == null ? 1 : values[k + 1] - values[k];
  }

  private static RowFunction excessConfidence() {
    return RowFunction.define("excess_confidence")
        .ideal(0)
        .parameters(logits(), label())
        .summary(
            "Cross entropy less the entropy of the prediction: on average 0 for a calibrated"
                + " model, above it for an overconfident one.")
        .formula("-log p_y - H(p), H(p) = -sum_c p_c log p_c")
        .range("[-log C, inf]")
        .source("Muttenthaler et al. 2024, Set Learning, arXiv:2307.02245 (relative cross-entropy)")
        .example("excess_confidence(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(s -> s.crossEntropy() - s.entropy()));
  }
}
