// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.setting;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.ClassValues;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;

/** Losses of classes that have an order. */
public final class OrdinalFamily implements FunctionFamily {

  @Override
  public String title() {
    return "Ordered classes";
  }

  @Override
  public String use() {
    return "Where classes are steps of a scale, so that being off by two is worse than by "
        + "one. The logits are those of the K - 1 questions whether the class is higher "
        + "than k.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(ordinalCrossEntropy());
  }

  private static RowFunction ordinalCrossEntropy() {
    return RowFunction.define("ordinal_cross_entropy_loss")
        .parameters(
            column(
                "logits",
                ParameterType.LOGITS,
                "the K - 1 logits of exceeding each of K ordered classes but the last"),
            column("label", ParameterType.LABEL, "the class index, 0 to K - 1; -100 gives NULL"),
            setting(
                "importance",
                ParameterType.ARRAY,
                null,
                Range.any(),
                "one factor a logit; none by default"))
        .referenceClass()
        .summary("The binary cross entropy of each question whether the label exceeds class k.")
        .formula("sum_k w_k softplus(-z_k if y > k else z_k), k = 0..K-2")
        .range("[0, inf] for factors >= 0; labels 0 to K - 1, the number of logits")
        .source("Cao, Mirjalili & Raschka 2019, CORAL, arXiv:1901.07884; coral_ordinal loss.py")
        .example("ordinal_cross_entropy_loss(array(2.0, 0.5, -1.0), 2)")
        .body(
            settings -> {
              ClassValues importance = settings.classValues("importance");
              return Body.ofRow(row -> ordinalCrossEntropy(row, importance));
            });
  }

  private static double ordinalCrossEntropy(Row row, ClassValues importance) {
    double[] z = row.logits();
    double sum = 0;
    for (int k = 0; k < z.length; k++) {
      double loss = Logistic.softplus(row.label() > k ? -z[k] : z[k]);
      sum += importance == null ? loss : Mass.times(importance.of(k, z.length), loss);
    }
    return sum;
  }
}
