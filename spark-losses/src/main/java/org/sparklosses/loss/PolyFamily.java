// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;
import org.sparklosses.kernel.RowStatistics;

/** PolyLoss: cross entropy and focal loss with other coefficients of powers of {@code 1 - p_y}. */
public final class PolyFamily implements FunctionFamily {

  private static final String SOURCE = "Leng et al. 2022, PolyLoss, arXiv:2204.12511";

  @Override
  public String title() {
    return "Poly losses";
  }

  @Override
  public String use() {
    return "To fit the first terms of the expansion of cross entropy or focal loss to a "
        + "data set. A positive epsilon keeps rows in play whose label is probable "
        + "already.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(polyCrossEntropy(), poly1Focal(), polyFocal());
  }

  private static Parameter epsilons() {
    return required(
        "epsilons",
        ParameterType.ARRAY,
        Range.any(),
        "the changes of the first polynomial coefficients; may be empty");
  }

  private static Parameter gamma() {
    return number("gamma", 2.0, Range.atLeast(0), "how strongly easy rows are discounted");
  }

  private static RowFunction polyCrossEntropy() {
    return RowFunction.define("poly_cross_entropy_loss")
        .parameters(logits(), label(), epsilons())
        .summary("Cross entropy with other first terms of its expansion in 1 - p_y.")
        .formula("-log p_y + sum_{j=1..N} epsilon_j (1 - p_y)^j")
        .range("[0, inf] for epsilons >= 0")
        .source(SOURCE)
        .example("poly_cross_entropy_loss(array(2.0, 0.5, -1.0), 0, array(1.0, 0.5))")
        .body(
            settings -> {
              double[] epsilons = settings.array("epsilons");
              return Body.ofStatistics(s -> poly(s, epsilons));
            });
  }

  private static RowFunction poly1Focal() {
    return RowFunction.define("poly1_focal_loss")
        .parameters(
            logits(),
            label(),
            number("epsilon", 1.0, Range.any(), "the change of the first polynomial coefficient"),
            gamma())
        .summary("Focal loss with another first term of its expansion in 1 - p_y.")
        .formula("(1 - p_y)^gamma (-log p_y) + epsilon (1 - p_y)^(gamma + 1)")
        .range("[0, inf] for epsilon >= -1")
        .source(SOURCE)
        .example("poly1_focal_loss(array(2.0, 0.5, -1.0), 0)")
        .body(
            settings -> {
              double[] epsilons = {settings.number("epsilon")};
              double gamma = settings.number("gamma");
              return Body.ofStatistics(s -> polyFocal(s, epsilons, gamma));
            });
  }

  private static RowFunction polyFocal() {
    return RowFunction.define("poly_focal_loss")
        .parameters(logits(), label(), epsilons(), gamma())
        .summary("Focal loss with other first terms of its expansion in 1 - p_y.")
        .formula("(1 - p_y)^gamma (-log p_y) + sum_{j=1..N} epsilon_j (1 - p_y)^(gamma + j)")
        .range("[0, inf] for epsilons >= 0")
        .source(SOURCE)
        .example("poly_focal_loss(array(2.0, 0.5, -1.0), 0, array(1.0, 0.5))")
        .body(
            settings -> {
              double[] epsilons = settings.array("epsilons");
              double gamma = settings.number("gamma");
              return Body.ofStatistics(s -> polyFocal(s, epsilons, gamma));
            });
  }

  private static double polyFocal(RowStatistics s, double[] epsilons, double gamma) {
    return Powers.of(s.labelComplement(), gamma) * poly(s, epsilons);
  }

  /** {@code -log p_y + sum_j epsilons_j (1 - p_y)^j}, by Horner's rule. */
  private static double poly(RowStatistics s, double[] epsilons) {
    double o = s.labelComplement();
    double sum = 0;
    for (int j = epsilons.length - 1; j >= 0; j--) {
      sum = (sum + epsilons[j]) * o;
    }
    return s.crossEntropy() + sum;
  }
}
