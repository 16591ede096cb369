// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.sparklosses.function.Parameter.column;
import static org.sparklosses.function.Parameter.logits;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.required;

import java.util.List;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryMap;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.function.Body;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.Range;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.Settings;

/** The maps of calibrators that have a formula, by the numbers that a fit says. */
public final class FittedMapFamily implements FunctionFamily {

  private static final String BETA = "beta";
  private static final String EPSILON = "epsilon";
  private static final String SCALE = "scale";
  private static final String MATRIX = "matrix";
  private static final String BIAS = "bias";
  private static final String FLOOR = "floor";

  private static final String SHARES =
      "[0, 1], sums to 1, above 0 with an epsilon; NaN where softmax is";

  private static final String LOGARITHMS = "l = log softmax(z), at least -87.3365";

  private static final String START =
      "l' = log((1 - e) softmax(beta l) + e / K), e the epsilon; " + LOGARITHMS;

  /** For the service loader. */
  public FittedMapFamily() {}

  @Override
  public String title() {
    return "Fitted calibrators";
  }

  @Override
  public String use() {
    return "For predictions that are to be calibrated by the numbers that a fit of `calibrate`, or"
        + " of another library, has printed. `calibrate(model, logits)` takes any fitted model as"
        + " bytes. Of class probabilities, pass the logarithms as logits.";
  }

  @Override
  public List<RowFunction> functions() {
    return List.of(
        temperatureScaled(),
        vectorScaled(),
        matrixScaled(),
        quadraticScaled(),
        plattScaled(),
        betaCalibrated(),
        temperatureScaledBinary());
  }

  private static Parameter epsilon() {
    return number(EPSILON, 0.0, Range.closed(0, 1), "the share of the uniform distribution");
  }

  private static Parameter beta() {
    return number(BETA, 1.0, Range.above(0), "the inverse of the temperature");
  }

  private static Parameter bias() {
    return required(BIAS, ParameterType.ARRAY, Range.any(), "the shift of each class");
  }

  private static Parameter logit() {
    return column("logit", ParameterType.DOUBLE, "the logit of a yes");
  }

  private static Parameter floor() {
    return number(FLOOR, 0.0, Range.closed(0, 1), "the share of a probability of 1/2");
  }

  private static Parameter coefficient(String name, String meaning) {
    return required(name, ParameterType.DOUBLE, Range.any(), meaning);
  }

  private static RowFunction temperatureScaled() {
    return RowFunction.define("temperature_scaled")
        .parameters(
            logits(),
            required(BETA, ParameterType.DOUBLE, Range.above(0), "the inverse of the temperature"),
            epsilon())
        .result(ResultType.ARRAY)
        .summary("Probabilities by the numbers of a temperature.")
        .formula("(1 - e) softmax(beta l) + e / K, e the epsilon; " + LOGARITHMS)
        .range(SHARES)
        .source("Guo et al. 2017, arXiv:1706.04599")
        .example("temperature_scaled(array(2.0, 0.5, -1.0), beta => 0.5, epsilon => 0.01)")
        .body(
            settings -> {
              double beta = settings.number(BETA);
              double epsilon = settings.number(EPSILON);
              return Body.arrayOfRow(
                  row -> {
                    double[] l = row.logits().clone();
                    LogProbabilities.ofLogits(l);
                    return l.length == 1
                        ? new double[] {StrictMath.exp(l[0])}
                        : new TemperatureMix(l.length, beta, epsilon).probabilities(l);
                  });
            });
  }

  private static RowFunction vectorScaled() {
    return RowFunction.define("vector_scaled")
        .parameters(
            logits(),
            required(SCALE, ParameterType.ARRAY, Range.any(), "the scale of each class"),
            bias(),
            beta(),
            epsilon())
        .result(ResultType.ARRAY)
        .summary("Probabilities by the numbers of structured_vector_scaling.")
        .formula("softmax(scale_i l'_i + bias_i); " + START)
        .range(SHARES)
        .source("Berta et al. 2025, arXiv:2511.03685; Guo et al. 2017, arXiv:1706.04599")
        .example(
            "vector_scaled(array(2.0, 0.5, -1.0), scale => array(0.9, 1.1, 1.0),"
                + " bias => array(0.1, 0.0, -0.2), beta => 0.5, epsilon => 0.01)")
        .body(settings -> affine("vector_scaled", SCALE, settings));
  }

  private static RowFunction matrixScaled() {
    return RowFunction.define("matrix_scaled")
        .parameters(
            logits(),
            required(
                MATRIX,
                ParameterType.ARRAY,
                Range.any(),
                "what each of the K classes takes from each, row by row: K^2 numbers"),
            bias(),
            beta(),
            epsilon())
        .result(ResultType.ARRAY)
        .summary(
            "Probabilities by the numbers of structured_matrix_scaling, or of Dirichlet's map.")
        .formula("softmax(sum_j matrix_ij l'_j + bias_i); " + START)
        .range(SHARES)
        .source("Berta et al. 2025, arXiv:2511.03685; Kull et al. 2019, arXiv:1910.12656")
        .example(
            "matrix_scaled(array(2.0, 0.5), matrix => array(0.9, 0.1, -0.1, 1.1),"
                + " bias => array(0.1, -0.2), beta => 0.5, epsilon => 0.01)")
        .body(settings -> affine("matrix_scaled", MATRIX, settings));
  }

  /** What is added to the logarithms is known of all classes, so that a call names their number. */
  private static Body affine(String function, String factors, Settings settings) {
    double[] a = settings.array(factors);
    double[] bias = settings.array(BIAS);
    int classes = bias.length;
    long entries = factors.equals(MATRIX) ? (long) classes * classes : classes;
    if (a.length != entries) {
      throw new IllegalArgumentException(
          "%s: %s has %d entries, but bias has %d; give %d"
              .formatted(function, factors, a.length, classes, entries));
    }
    TemperatureMix start =
        new TemperatureMix(classes, settings.number(BETA), settings.number(EPSILON));
    AffineMap map = new AffineMap(function, new RowScores.OfTemperature(start), a, bias);
    return Body.arrayOfRow(
        row -> {
          double[] l = row.logits().clone();
          if (l.length != classes) {
            throw new IllegalArgumentException(
                "%s: the row has %d classes, but bias has %d entries; give one a class"
                    .formatted(function, l.length, classes));
          }
          LogProbabilities.ofLogits(l);
          return map.probabilities(l);
        });
  }

  private static RowFunction quadraticScaled() {
    return RowFunction.define("quadratic_scaled")
        .parameters(
            logit(),
            coefficient("a", "the shift"),
            coefficient("b", "the scale"),
            coefficient("c", "the bend"),
            floor())
        .summary("The probability of a yes by the numbers of quadratic_scaling.")
        .formula("(1 - f) sigmoid(a + b z + c z^2) + f / 2, f the floor; z in [-87.3365, 87.3365]")
        .range("[0, 1]; NaN of a NaN")
        .source("Berta et al. 2025, arXiv:2511.03685")
        .example("quadratic_scaled(1.5, a => 0.1, b => 0.8, c => -0.05)")
        .body(settings -> ofLogit("quadratic_scaling", settings, "a", "b", "c"));
  }

  private static RowFunction plattScaled() {
    return RowFunction.define("platt_scaled")
        .parameters(
            logit(),
            coefficient("slope", "the scale"),
            coefficient("intercept", "the shift"),
            floor())
        .summary("The probability of a yes by the numbers of platt_scaling.")
        .formula(
            "(1 - f) sigmoid(slope z + intercept) + f / 2, f the floor; z in [-87.3365, 87.3365]")
        .range("[0, 1]; NaN of a NaN")
        .source("Platt 1999, Advances in Large Margin Classifiers")
        .example("platt_scaled(1.5, slope => 0.8, intercept => 0.1)")
        .body(settings -> ofLogit("platt_scaling", settings, "slope", "intercept"));
  }

  private static RowFunction betaCalibrated() {
    return RowFunction.define("beta_calibrated")
        .parameters(
            column("prob", ParameterType.DOUBLE, "the probability of a yes, in [0, 1]"),
            required("a", ParameterType.DOUBLE, Range.atLeast(0), "the bend near 0"),
            required("b", ParameterType.DOUBLE, Range.atLeast(0), "the bend near 1"),
            coefficient("c", "the shift"),
            floor())
        .summary("The probability of a yes by the numbers of beta_calibration.")
        .formula(
            "(1 - f) sigmoid(a ln p - b ln(1 - p) + c) + f / 2, f the floor;"
                + " p in [2^-52, 1 - 2^-52]")
        .range("[0, 1]; NaN of what is no probability")
        .source("Kull, Silva Filho and Flach 2017, PMLR 54:623")
        .example("beta_calibrated(0.8, a => 0.9, b => 1.2, c => -0.1)")
        .body(
            settings -> {
              BinaryMap map = map("beta_calibration", settings, "a", "b", "c");
              return Body.ofRow(row -> map.ofProbability(row.number(0)));
            });
  }

  private static RowFunction temperatureScaledBinary() {
    return RowFunction.define("temperature_scaled_binary")
        .parameters(
            logit(),
            required(
                "temperature",
                ParameterType.DOUBLE,
                Range.above(0),
                "what the logit is divided by"),
            floor())
        .summary("The probability of a yes by the number of temperature_scaling.")
        .formula("(1 - f) sigmoid(z / temperature) + f / 2, f the floor; z in [-87.3365, 87.3365]")
        .range("[0, 1]; NaN of a NaN")
        .source("Guo et al. 2017, arXiv:1706.04599")
        .example("temperature_scaled_binary(1.5, temperature => 1.8)")
        .body(settings -> ofLogit("temperature_scaling", settings, "temperature"));
  }

  private static Body ofLogit(String method, Settings settings, String... names) {
    BinaryMap map = map(method, settings, names);
    return Body.ofRow(row -> map.ofLogit(row.number(0)));
  }

  private static BinaryMap map(String method, Settings settings, String... names) {
    MapNumbers numbers = MapNumbers.none().with(FLOOR, settings.number(FLOOR));
    for (String name : names) {
      numbers = numbers.with(name, settings.number(name));
    }
    return BinaryCalibrators.map(method, numbers);
  }
}
