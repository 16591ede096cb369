package org.sparklosses.evaluate;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.unsafe.types.UTF8String;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.score.WeightRange;

/**
 * All forecasts of a part of a table: over all rows and by slice. It travels as its bytes: the
 * group of all rows, then the slices.
 */
final class ForecastGroups implements Serializable {

  private static final long serialVersionUID = 1L;

  private final transient ForecastSpec spec;
  private final transient ForecastGroup overall;
  private final transient SliceGroups<ForecastGroup> slices;

  ForecastGroups(ForecastSpec spec) {
    this.spec = spec;
    overall = newGroup();
    slices =
        new SliceGroups<>(
            spec.slices(),
            spec.sliceColumns(),
            spec.sliceLimit(),
            (declaration, key) -> newGroup());
  }

  private ForecastGroup newGroup() {
    return new ForecastGroup(spec.kind().newState());
  }

  /** Adds a row. */
  ForecastGroups add(Row row) {
    double w = spec.weight() == null ? 1 : number(row, spec.weightIndex());
    if (w == 0) {
      forEachGroup(row, group -> group.addUnused(InputCheck.ZERO_WEIGHT));
      return this;
    }
    double[] forecast = forecast(row);
    double y = number(row, spec.labelIndex());
    InputCheck fault = fault(row, forecast, y, w);
    if (fault == null) {
      spec.kind().problem(forecast).ifPresent(problem -> refuse(problem, row));
      InputCheck finding = spec.kind().crosses(forecast) ? InputCheck.CROSSING_QUANTILES : null;
      forEachGroup(row, group -> group.add(forecast, y, w, finding));
    } else if (spec.dropped().contains(fault)) {
      forEachGroup(row, group -> group.addUnused(fault));
    } else {
      throw new InvalidRowException(
          fault,
          0,
          problem(fault, w) + ", in the row " + row,
          "to leave such rows out and count them: drop(InputCheck.%s)".formatted(fault));
    }
    return this;
  }

  private void forEachGroup(Row row, Consumer<ForecastGroup> action) {
    action.accept(overall);
    slices.forEachOf(
        column -> UTF8String.fromString(row.getString(spec.firstSliceIndex() + column)), action);
  }

  private static void refuse(String problem, Row row) {
    throw new EvaluationException(
        problem + ", in the row " + row + "; leave such rows out of the table");
  }

  private String problem(InputCheck fault, double w) {
    String forecast = "column '" + String.join("', '", spec.kind().columns()) + "': ";
    return switch (fault) {
      case NULL_PREDICTION -> forecast + "the forecast is NULL or holds a NULL";
      case EMPTY_PREDICTION -> forecast + "the forecast is an empty array";
      case LENGTH_MISMATCH ->
          forecast + "the forecast does not hold " + spec.kind().length() + " numbers";
      case NULL_LABEL -> "column '" + spec.label() + "': " + fault.description();
      case NULL_WEIGHT, INVALID_WEIGHT -> "column '" + spec.weight() + "': " + fault.description();
      case WEIGHT_OUT_OF_RANGE ->
          "column '%s': %s: %s"
              .formatted(spec.weight(), fault.description(), WeightRange.ALL.told(w));
      default ->
          "column '%s' or '%s': a number is not finite"
              .formatted(String.join("', '", spec.kind().columns()), spec.label());
    };
  }

  /** NaN where it is NULL. */
  private static double number(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  /** Null where one of its numbers is. */
  private double[] forecast(Row row) {
    List<Double> numbers = new ArrayList<>();
    for (int c = 0; c < spec.labelIndex(); c++) {
      if (row.isNullAt(c)) {
        return null;
      }
      if (row.get(c) instanceof Double number) {
        numbers.add(number);
      } else {
        numbers.addAll(row.<Double>getList(c));
      }
    }
    return numbers.contains(null)
        ? null
        : numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private InputCheck fault(Row row, double[] forecast, double y, double w) {
    if (forecast == null) {
      return InputCheck.NULL_PREDICTION;
    }
    if (forecast.length == 0) {
      return InputCheck.EMPTY_PREDICTION;
    }
    if (spec.kind().length() > 0 && forecast.length != spec.kind().length()) {
      return InputCheck.LENGTH_MISMATCH;
    }
    if (row.isNullAt(spec.labelIndex())) {
      return InputCheck.NULL_LABEL;
    }
    boolean isFinite = Double.isFinite(y);
    for (double number : forecast) {
      isFinite &= Double.isFinite(number);
    }
    if (!isFinite) {
      return InputCheck.NAN;
    }
    if (spec.weight() != null && row.isNullAt(spec.weightIndex())) {
      return InputCheck.NULL_WEIGHT;
    }
    if (!(w > 0 && w < Double.POSITIVE_INFINITY)) {
      return InputCheck.INVALID_WEIGHT;
    }
    return WeightRange.ALL.contains(w) ? null : InputCheck.WEIGHT_OUT_OF_RANGE;
  }

  /** Adds the rows of another of the same spec. */
  ForecastGroups merge(ForecastGroups other) {
    overall.merge(other.overall);
    slices.merge(other.slices, ForecastGroup::merge);
    return this;
  }

  SliceResult overall() {
    return overall.result(Map.of());
  }

  List<SliceResult> slices() {
    List<SliceResult> results = new ArrayList<>();
    for (int s = 0; s < spec.slices().size(); s++) {
      List<String> columns = spec.slices().get(s);
      slices
          .sorted(s)
          .forEach(
              (key, group) -> {
                Map<String, String> slice = new LinkedHashMap<>();
                for (int c = 0; c < columns.size(); c++) {
                  slice.put(columns.get(c), key.text(c));
                }
                results.add(group.result(slice));
              });
    }
    return results;
  }

  private void write(DataOutput out) throws IOException {
    overall.write(out);
    slices.write(out, ForecastGroup::write);
  }

  private Object writeReplace() {
    return new Sent(spec, ByteChunks.of(this::write));
  }

  /** As it travels. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sent(ForecastSpec spec, byte[] bytes) implements Serializable {

    private Object readResolve() {
      ForecastGroups groups = new ForecastGroups(spec);
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        groups.overall.read(in);
        groups.slices.read(
            in,
            (declaration, key, from) -> {
              ForecastGroup group = groups.newGroup();
              group.read(from);
              return group;
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return groups;
    }
  }
}
