// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;

/** Probabilities where classes are otherwise distributed than in training. */
public final class PriorCorrectionFamily implements FunctionFamily {

  private static final String SAERENS =
      "Saerens, Latinne & Decaestecker 2002, doi:10.1162/089976602753284446";

  @Override
  public String title() {
    return "Corrections of priors";
  }

  @Override
  public String use() {
    return "For a model that was trained on rows drawn by their class, or is used where classes are"
        + " otherwise frequent: nothing is fitted, and with the priors swapped a correction is"
        + " undone.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(priorCorrection(), binaryPriorCorrection(), undersamplingCorrection());
  }

  private static Parameter probability() {
    return column("prob", ParameterType.DOUBLE, "the probability of a yes, in [0, 1]");
  }

  private static RowFunction priorCorrection() {
    return RowFunction.define("prior_correction")
        .parameters(
            column("p", ParameterType.LOGITS, "probabilities, one a class; used as they are"),
            required(
                "trained",
                ParameterType.ARRAY,
                Range.atLeast(0),
                "how frequent each class was in training; divided by their sum"),
            required(
                "actual",
                ParameterType.ARRAY,
                Range.atLeast(0),
                "how frequent each class is in use; divided by their sum"))
        .result(ResultType.ARRAY)
        .summary("Probabilities of classes whose frequencies are others than in training.")
        .formula("p_i b_i / a_i divided by their sum; a trained, b actual")
        .range("[0, 1], of sum 1; NaN where every class that p allows has the frequency 0")
        .source(SAERENS)
        .example(
            "prior_correction(array(0.7, 0.2, 0.1), trained => array(1.0, 1.0, 1.0),"
                + " actual => array(0.2, 0.3, 0.5))")
        .body(
            settings -> {
              PriorCorrection correction =
                  PriorCorrection.of(settings.array("trained"), settings.array("actual"));
              return Body.arrayOfRow(row -> correction.probabilities(row.array(0)));
            });
  }

  private static RowFunction binaryPriorCorrection() {
    return RowFunction.define("prior_correction_binary")
        .parameters(
            probability(),
            required(
                "trained", ParameterType.DOUBLE, Range.open(0, 1), "the share of yes in training"),
            required("actual", ParameterType.DOUBLE, Range.closed(0, 1), "the share of yes in use"))
        .summary("The probability of a yes whose share is another than in training.")
        .formula("odds(result) = odds(p) odds(b) / odds(a); a trained, b actual")
        .range("[0, 1]; 0 and 1 stay")
        .source(SAERENS)
        .example("prior_correction_binary(0.7, trained => 0.5, actual => 0.02)")
        .body(
            settings -> {
              double trained = settings.number("trained");
              double actual = settings.number("actual");
              return Body.ofRow(row -> PriorCorrection.binary(row.number(0), trained, actual));
            });
  }

  private static RowFunction undersamplingCorrection() {
    return RowFunction.define("undersampling_correction")
        .parameters(
            probability(),
            required(
                "keep_rate",
                ParameterType.DOUBLE,
                Range.openClosed(0, 1),
                "the share of the rows of no that were kept for training"))
        .summary("The probability of a yes where training left out rows of no.")
        .formula("s p / (s p + 1 - p), s the keep_rate")
        .range("[0, 1]")
        .source("Dal Pozzolo et al. 2015, doi:10.1109/SSCI.2015.33")
        .example("undersampling_correction(0.7, keep_rate => 0.05)")
        .body(
            settings -> {
              double keepRate = settings.number("keep_rate");
              return Body.ofRow(row -> PriorCorrection.undersampling(row.number(0), keepRate));
            });
  }
}
