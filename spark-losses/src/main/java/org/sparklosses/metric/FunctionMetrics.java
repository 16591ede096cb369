package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparklosses.function.BoundFunction;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.ResultType;
import org.sparklosses.function.Row;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;

/**
 * The mean of a function of a row as a metric: any catalogue function that gives one number or
 * truth value. One of logits, or of logits and a class index, is computed from the {@link
 * PredictionRow}; one that reads other columns is a {@link ColumnsMean}.
 */
final class FunctionMetrics {

  /**
   * What the mean of a function with class weights is over: {@code rows}, the default, or {@code
   * weights}, as PyTorch's {@code reduction='mean'} divides by the sum of the weights of the
   * labels.
   */
  private static final String AVERAGE = "average";

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
   * @param given parameter to text; of a column its name in the table, and an array is written
   *     {@code 1;2;3}
   */
  static BoundMetric bind(RowFunction function, Map<String, String> given) {
    if (given.containsKey(RowFunction.IGNORE_INDEX)) {
      throw new IllegalArgumentException(
          "metric '%s': the label of rows that are left out is declared for the whole evaluation,"
                  .formatted(function.name())
              + " by ignoreIndex(n)");
    }
    List<String> columns = function.columns().stream().map(Parameter::name).toList();
    Map<String, Object> settings = new LinkedHashMap<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    Map<String, String> named = new LinkedHashMap<>();
    given.forEach(
        (name, text) -> {
          if (columns.contains(name)) {
            named.put(name, text);
          } else if (!(name.equals(AVERAGE) && hasClassWeights(function))) {
            settings.put(name, parse(function, name, text));
          }
        });
    BoundFunction bound = function.bind(settings);
    parameters.putAll(named);
    parameters.putAll(bound.settings());
    parameters.remove(RowFunction.IGNORE_INDEX);
    boolean isOfPrediction = named.isEmpty() && isOfPrediction(function);
    Reading reading =
        isOfPrediction
            ? Reading.mean(function.name() + parameters, scalar(bound))
            : Reading.of(ColumnsMean.of(bound, named), state -> Outcome.value(state.mean()));
    String average = given.get(AVERAGE);
    if (average != null) {
      if (isOverWeights(bound, average, isOfPrediction)) {
        reading = overWeights(function.name() + parameters, bound);
      }
      parameters.put(AVERAGE, average);
    }
    return new BoundMetric(
        function.name(),
        parameters,
        function.isLargerBetter(),
        function.ideal().stream().mapToObj(Ideal::of).findFirst(),
        reading);
  }

  private static boolean hasClassWeights(RowFunction function) {
    return function.settings().contains(Parameter.classWeights());
  }

  private static boolean isOverWeights(
      BoundFunction function, String average, boolean isOfPrediction) {
    if (average.equals("rows")) {
      return false;
    }
    if (!average.equals("weights")) {
      throw new IllegalArgumentException(
          "metric '%s': parameter 'average' is rows or weights, got '%s'"
              .formatted(function.name(), average));
    }
    if (!isOfPrediction || classWeights(function) == null) {
      throw new IllegalArgumentException(
          "metric '%s': average=weights is over the class weights of the evaluation's own labels:"
                  .formatted(function.name())
              + " give weight=w0;w1;..., and no other columns");
    }
    return true;
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

  private static Object parse(RowFunction function, String name, String text) {
    ParameterType type =
        function.settings().stream()
            .filter(setting -> setting.name().equals(name))
            .map(Parameter::type)
            .findFirst()
            .orElse(ParameterType.STRING);
    try {
      return switch (type) {
        case DOUBLE, INT -> Double.valueOf(text);
        case ARRAY, NULLABLE_ARRAY -> numbers(text);
        case BOOLEAN -> truth(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "metric '%s': parameter '%s' is %s, got '%s'"
              .formatted(function.name(), name, type.sql(), text),
          e);
    }
  }

  private static List<Double> numbers(String text) {
    List<Double> numbers = new ArrayList<>();
    for (String number : text.split(";", -1)) {
      numbers.add(number.strip().equalsIgnoreCase("null") ? null : Double.valueOf(number));
    }
    return numbers;
  }

  private static Object truth(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? Boolean.valueOf(lower) : (Object) text;
  }
}
