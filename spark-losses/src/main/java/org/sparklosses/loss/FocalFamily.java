package org.sparklosses.loss;

import static org.sparklosses.function.Parameter.classWeights;
import static org.sparklosses.function.Parameter.label;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.ClassValues;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Range;
import org.sparklosses.function.RowFunction;

/** Losses that discount rows the model already gets right. */
public final class FocalFamily implements FunctionFamily {

  @Override
  public List<RowFunction> functions() {
    return List.of(focal());
  }

  private static RowFunction focal() {
    return RowFunction.define("focal_loss")
        .parameters(
            logits(),
            label(),
            number("gamma", 2.0, Range.atLeast(0), "how strongly easy rows are discounted"),
            classWeights())
        .summary("Cross entropy, discounted where the label's probability is high.")
        .formula("w_y (1 - p_y)^gamma (-log p_y)")
        .range("[0, inf]")
        .source(
            "Lin et al. 2017, arXiv:1708.02002, in its multi-class form (Mukhoti et al. 2020,"
                + " focal_calibration)")
        .example("focal_loss(array(2.0, 0.5, -1.0), 0, gamma => 3)")
        .body(
            settings -> {
              double gamma = settings.number("gamma");
              ClassValues weight = settings.classValues("weight");
              return Body.ofStatistics(
                  s -> {
                    double w = weight == null ? 1 : weight.of(s.label(), s.classes());
                    return Mass.times(w, focal(s.crossEntropy(), gamma));
                  });
            });
  }

  /** {@code (1 - p)^gamma l} with {@code l = -log p}. */
  private static double focal(double l, double gamma) {
    return StrictMath.pow(-StrictMath.expm1(-l), gamma) * l;
  }
}
