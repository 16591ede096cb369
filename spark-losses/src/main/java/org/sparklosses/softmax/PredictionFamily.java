// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;

import java.util.List;
import java.util.Optional;
import org.sparklosses.function.Body;
import org.sparklosses.function.ClassProbabilities;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.kernel.RowStatistics;

/** What a row predicts, how surely, and whether that is right. */
public final class PredictionFamily implements FunctionFamily {

  private static final RowKernel KERNEL = RowKernels.get();

  @Override
  public String title() {
    return "What a row predicts";
  }

  @Override
  public String use() {
    return "What a row says before its label is known, and whether it is right: to find "
        + "the rows to look at, and to count errors by group.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        predictedClass(),
        confidence(),
        margin(),
        predictiveEntropy(),
        isCorrect(),
        topKCorrect(),
        softmaxTopK(),
        rowStatistics());
  }

  private static RowFunction predictedClass() {
    return RowFunction.define("predicted_class")
        .parameters(logits())
        .result(ResultType.INT)
        .summary("The class with the largest logit, the lowest such index on a tie.")
        .formula("argmax_i z_i")
        .range("0 .. C - 1; NULL for a row with a NaN")
        .source("torch.argmax")
        .example("predicted_class(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(s -> unlessNan(s, s.argmax())));
  }

  private static RowFunction confidence() {
    return RowFunction.define("confidence")
        .largerIsBetter()
        .parameters(logits())
        .summary("The probability of the predicted class.")
        .formula("max_i p_i")
        .range("[1/C, 1]")
        .source("Hendrycks & Gimpel 2017, arXiv:1610.02136 (maximum softmax probability)")
        .example("confidence(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(RowStatistics::confidence));
  }

  private static RowFunction margin() {
    return RowFunction.define("margin")
        .largerIsBetter()
        .parameters(logits())
        .summary("By how much the predicted class's probability leads the runner-up's.")
        .formula("p_(1) - p_(2)")
        .range("[0, 1]; 1 for one class")
        .source("Settles 2009, Active learning literature survey (margin sampling)")
        .example("margin(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(PredictionFamily::margin));
  }

  private static RowFunction predictiveEntropy() {
    return RowFunction.define("predictive_entropy")
        .parameters(logits())
        .summary("The entropy of the predicted probabilities, in nats.")
        .formula("-sum_i p_i log p_i")
        .range("[0, log C]")
        .source("Shannon 1948; Settles 2009 (uncertainty sampling)")
        .example("predictive_entropy(array(2.0, 0.5, -1.0))")
        .body(settings -> Body.ofStatistics(RowStatistics::entropy));
  }

  private static RowFunction isCorrect() {
    return RowFunction.define("is_correct")
        .parameters(logits(), label())
        .result(ResultType.BOOLEAN)
        .summary("Whether the predicted class is the label.")
        .formula("argmax_i z_i = y")
        .range("true, false; NULL for a row with a NaN")
        .source("sklearn.metrics.accuracy_score, of one row")
        .example("is_correct(array(2.0, 0.5, -1.0), 0)")
        .body(settings -> Body.ofStatistics(s -> unlessNan(s, s.isCorrect() ? 1 : 0)));
  }

  private static RowFunction topKCorrect() {
    return RowFunction.define("top_k_correct")
        .parameters(
            logits(), label(), integer("k", 5, Range.atLeast(1), "how many classes are looked at"))
        .result(ResultType.BOOLEAN)
        .summary("Whether the label is among the k classes with the largest logits.")
        .formula("#{i : z_i > z_y, or z_i = z_y and i < y} < k")
        .range("true, false; NULL for a row with a NaN")
        .source("sklearn.metrics.top_k_accuracy_score, of one row, ties by lowest index")
        .example("top_k_correct(array(2.0, 0.5, -1.0), 1, k => 2)")
        .body(
            settings -> {
              int k = settings.integer("k");
              return Body.ofStatistics(s -> unlessNan(s, s.labelRank() < k ? 1 : 0));
            });
  }

  private static RowFunction softmaxTopK() {
    return RowFunction.define("softmax_top_k")
        .parameters(logits(), integer("k", 5, Range.atLeast(1), "how many classes are listed"))
        .result(ResultType.CLASSES)
        .summary("The k largest probabilities with their classes; all of them if k > C.")
        .formula("(i, exp(z_i - m) / sum_j exp(z_j - m)) of the k largest z_i, m = max z")
        .range(
            "[0, 1], in descending order of the logits, of equal ones the lowest index first; NULL"
                + " for a row with a NaN, a +inf, or nothing but -inf")
        .source("online normalizer and top k: Milakov & Gimelshein 2018, arXiv:1805.02867")
        .example("softmax_top_k(array(2.0, 0.5, -1.0), k => 2)")
        .body(
            settings -> {
              int k = settings.integer("k");
              return new Body.ClassesOfRow(row -> softmaxTopK(row, k));
            });
  }

  private static RowFunction rowStatistics() {
    return RowFunction.define("row_statistics")
        .parameters(logits(), label())
        .result(ResultType.STATISTICS)
        .summary("All that one read of the row tells, as a struct.")
        .formula(
            "classes C, label y, max m, runner_up, min, argmax, label_logit z_y, label_rank,"
                + " sum_exp sum exp(z_j - m), sum_exp_squares, sum_shifted_exp sum (z_j - m)"
                + " exp(z_j - m), sum, sum_squares, sum_squares_others sum_{j != y} z_j^2, nans,"
                + " positive_infinities, negative_infinities")
        .range("a struct")
        .source("online normalizer: Milakov & Gimelshein 2018, arXiv:1805.02867")
        .example("row_statistics(array(2.0, 0.5, -1.0), 0).label_rank")
        .body(settings -> new Body.Statistics());
  }

  private static Optional<ClassProbabilities> softmaxTopK(Row row, int k) {
    RowStatistics s = row.statistics();
    if (!s.hasSoftmax()) {
      return Optional.empty();
    }
    double[] z = row.logits();
    int[] classes = Largest.inOrder(z, Math.min(k, z.length));
    double[] p = new double[classes.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = z[classes[i]];
    }
    // Each entry depends on its logit alone: the same bits as in the softmax of the whole row.
    KERNEL.softmax(p, 0, p.length, s, p);
    return Optional.of(new ClassProbabilities(classes, p));
  }

  private static double margin(RowStatistics s) {
    return s.hasSoftmax() ? -StrictMath.expm1(s.runnerUp() - s.max()) / s.sumExp() : Double.NaN;
  }

  private static double unlessNan(RowStatistics s, int value) {
    return s.nans() > 0 ? Double.NaN : value;
  }
}
