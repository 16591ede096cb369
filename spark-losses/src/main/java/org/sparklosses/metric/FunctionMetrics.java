// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterErrors;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.function.Settings;

/**
 * The mean of a function of a row as a metric: any catalogue function that gives one number or
 * truth value. One of logits, or of logits and a class index, is computed from the {@link
 * PredictionRow}; one that reads other columns is a {@link ColumnsMean}.
 */
final class FunctionMetrics {

  private static final String WEIGHTS = "weights";

  /** As PyTorch's {@code reduction='mean'}, {@code weights} divides by those of the labels. */
  private static final Parameter AVERAGE =
      Parameter.choice(
          "average",
          List.of("rows", WEIGHTS),
          "what the mean is over: rows, or the class weights of their labels");

  private FunctionMetrics() {}

  /** The functions whose mean is a metric. */
  static List<RowFunction> all() {
    return RowFunctions.all().stream().filter(FunctionMetrics::hasMean).toList();
  }

  private static boolean hasMean(RowFunction function) {
    return function.result() == ResultType.DOUBLE || function.result() == ResultType.BOOLEAN;
  }

  private static boolean isOfPrediction(RowFunction function) {
    List<Parameter> columns = function.columns();
    // Whatever else is of type LOGITS (log-probabilities, say) is not what an evaluation reads, and
    // it leaves out rows by their label for all metrics alike.
    return columns.get(0).equals(Parameter.logits())
        && !function.hasIgnoredLabels()
        && (columns.size() == 1
            || (columns.size() == 2 && columns.get(1).equals(function.labelColumn().orElse(null))));
  }

  /**
   * The mean of a function.
   *
   * @param given parameter to text; of a column its name in the table
   */
  static BoundMetric bind(RowFunction function, Map<String, String> given) {
    String name = function.name();
    List<Parameter> settings = settings(function);
    checkKnown(function, settings, given.keySet());
    List<String> columns = function.columns().stream().map(Parameter::name).toList();
    Map<String, String> named = new LinkedHashMap<>(given);
    named.keySet().retainAll(columns);
    Map<String, String> texts = new LinkedHashMap<>(given);
    texts.keySet().removeAll(columns);
    Map<String, Object> values =
        new LinkedHashMap<>(Settings.parse(name, settings, texts).values());
    Object average = values.remove(AVERAGE.name());
    BoundFunction bound = function.bind(values);
    Map<String, Object> parameters = new LinkedHashMap<>(named);
    parameters.putAll(bound.settings());
    parameters.remove(RowFunction.IGNORE_INDEX);
    boolean isOfPrediction = named.isEmpty() && isOfPrediction(function);
    Reading reading =
        isOfPrediction
            ? Reading.mean(name + parameters, scalar(bound))
            : Reading.of(ColumnsMean.of(bound, named), state -> Outcome.value(state.mean()));
    if (WEIGHTS.equals(average)) {
      checkHasWeights(bound, isOfPrediction);
      reading = overWeights(name + parameters, bound);
    }
    if (texts.containsKey(AVERAGE.name())) {
      parameters.put(AVERAGE.name(), average);
    }
    return new BoundMetric(
        name,
        parameters,
        function.isLargerBetter(),
        function.ideal().stream().mapToObj(Ideal::of).findFirst(),
        reading);
  }

  /** What may be given besides columns; which label is left out an evaluation says. */
  private static List<Parameter> settings(RowFunction function) {
    List<Parameter> settings = new ArrayList<>(function.settings());
    settings.removeIf(setting -> setting.name().equals(RowFunction.IGNORE_INDEX));
    if (settings.contains(Parameter.classWeights())) {
      settings.add(AVERAGE);
    }
    return settings;
  }

  private static void checkKnown(
      RowFunction function, List<Parameter> settings, Set<String> given) {
    if (given.contains(RowFunction.IGNORE_INDEX)) {
      throw new IllegalArgumentException(
          function.name()
              + ": the label of rows that are left out is declared for the whole evaluation, by"
              + " ignoreIndex(n)");
    }
    List<String> known =
        Stream.concat(function.columns().stream(), settings.stream()).map(Parameter::name).toList();
    ParameterErrors.checkKnown(function.name(), given, known);
  }

  private static void checkHasWeights(BoundFunction function, boolean isOfPrediction) {
    if (!isOfPrediction || classWeights(function) == null) {
      throw new IllegalArgumentException(
          function.name()
              + ": average=weights is over the class weights of the evaluation's own labels: give"
              + " weight=w0;w1;..., and no other columns");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Double> classWeights(BoundFunction function) {
    return (List<Double>) function.settings().get(Parameter.classWeights().name());
  }

  /** The sum of the losses over that of the weights of the labels. */
  private static Reading overWeights(String name, BoundFunction function) {
    double[] weights = classWeights(function).stream().mapToDouble(Double::doubleValue).toArray();
    return Reading.means(
        List.of(
            // The loss comes first: it refuses rows of another number of classes.
            new Mean(name, scalar(function)),
            new Mean(
                "weight of the label of " + classWeights(function), row -> weights[row.label()])),
        means -> Map.of("value", means[0] / means[1]));
  }

  private static RowScalar scalar(BoundFunction bound) {
    return bound.needsRow()
        ? row -> bound.apply(Row.of(row.logits(), row.statistics()))
        : row -> bound.apply(row.statistics());
  }
}
