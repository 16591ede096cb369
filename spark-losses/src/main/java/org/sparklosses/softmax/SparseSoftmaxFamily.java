// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.softmax;

import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;

import java.util.Arrays;
import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Softmax over the classes with the largest logits. */
public final class SparseSoftmaxFamily implements FunctionFamily {

  private static final String PAPER = "Sun et al. 2021, Sparse-softmax, arXiv:2112.12433";

  @Override
  public String title() {
    return "Softmax of the strongest classes";
  }

  @Override
  public String use() {
    return "For thousands of classes of which a few matter: the tail no longer takes its "
        + "share. A label outside the k strongest keeps a finite loss.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(sparseSoftmax(), loss());
  }

  private static RowFunction sparseSoftmax() {
    return RowFunction.define("sparse_softmax")
        .parameters(logits(), k())
        .result(ResultType.ARRAY)
        .summary("Softmax over the k classes with the largest logits, 0 for the others.")
        .formula("p_i = exp(z_i) / sum_{j in top k} exp(z_j) for i in the top k, else 0")
        .range("[0, 1], sums to 1; NaN where softmax is; of equal logits the lowest indices are in")
        .source(PAPER)
        .example("sparse_softmax(array(2.0, 0.5, -1.0), k => 2)")
        .body(
            settings -> {
              int k = settings.integer("k");
              return Body.arrayOfRow(row -> probabilities(row.logits(), k));
            });
  }

  private static RowFunction loss() {
    return RowFunction.define("sparse_softmax_loss")
        .parameters(logits(), label(), k())
        .summary("Cross entropy against the k classes with the largest logits.")
        .formula("log sum_{j in top k} exp(z_j) - z_y")
        .range("[0, inf]; finite for a label outside the top k; NaN where softmax is")
        .source(PAPER + " (training loss)")
        .example("sparse_softmax_loss(array(2.0, 0.5, -1.0), 0, k => 2)")
        .body(
            settings -> {
              int k = settings.integer("k");
              return Body.ofRow(row -> loss(row.logits(), row.label(), k));
            });
  }

  private static Parameter k() {
    return integer("k", 10, Range.atLeast(1), "how many classes are kept");
  }

  private static double[] probabilities(double[] z, int k) {
    if (k >= z.length || Double.isNaN(LogitRow.max(z))) {
      return LogitRow.softmaxInPlace(z.clone());
    }
    double[] out = new double[z.length];
    Arrays.fill(out, Double.NEGATIVE_INFINITY);
    for (int j : Largest.of(z, k)) {
      out[j] = z[j];
    }
    return LogitRow.softmaxInPlace(out);
  }

  private static double loss(double[] z, int y, int k) {
    double max = LogitRow.max(z);
    if (Double.isNaN(max) || Double.isInfinite(max)) {
      return Double.NaN;
    }
    double sum = 0;
    for (int j : Largest.of(z, Math.min(k, z.length))) {
      sum += StrictMath.exp(z[j] - max);
    }
    return (max - z[y]) + StrictMath.log(sum);
  }
}
