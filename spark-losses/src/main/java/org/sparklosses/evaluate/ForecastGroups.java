package org.sparklosses.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.sparklosses.metric.InputCheck;

/** All forecasts of a part of a table: over all rows and by slice. */
final class ForecastGroups {

  /** The most values that one declaration of slices may have. */
  private static final int SLICE_LIMIT = Evaluation.DEFAULT_SLICE_LIMIT;

  private static final Comparator<String> TEXT = Comparator.nullsFirst(Comparator.naturalOrder());

  private final ForecastSpec spec;
  private final ForecastGroup overall;
  private final List<Map<List<String>, ForecastGroup>> slices = new ArrayList<>();

  ForecastGroups(ForecastSpec spec) {
    this.spec = spec;
    overall = new ForecastGroup(spec.kind().newState());
    spec.slices().forEach(slice -> slices.add(new TreeMap<>(ForecastGroups::compare)));
  }

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = TEXT.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The bytes of all rows of a partition. */
  static byte[] of(ForecastSpec spec, Iterator<Row> rows) {
    ForecastGroups groups = new ForecastGroups(spec);
    rows.forEachRemaining(groups::add);
    return groups.toBytes();
  }

  /** The bytes of the rows of both. */
  static byte[] merged(ForecastSpec spec, byte[] a, byte[] b) {
    ForecastGroups groups = of(spec, a);
    groups.merge(of(spec, b));
    return groups.toBytes();
  }

  private void add(Row row) {
    List<ForecastGroup> groups = new ArrayList<>(List.of(overall));
    for (int s = 0; s < slices.size(); s++) {
      List<String> key = new ArrayList<>();
      spec.slices().get(s).forEach(column -> key.add(row.getString(spec.sliceIndex(column))));
      groups.add(group(s, key));
    }
    double w = spec.weight() == null ? 1 : number(row, spec.weightIndex());
    if (w == 0) {
      groups.forEach(group -> group.addUnused(InputCheck.ZERO_WEIGHT));
      return;
    }
    double[] forecast = forecast(row);
    double y = number(row, spec.labelIndex());
    InputCheck fault = fault(row, forecast, y, w);
    if (fault == null) {
      spec.kind().problem(forecast).ifPresent(problem -> refuse(problem, row));
      InputCheck finding = spec.kind().crosses(forecast) ? InputCheck.CROSSING_QUANTILES : null;
      groups.forEach(group -> group.add(forecast, y, w, finding));
    } else if (spec.dropped().contains(fault)) {
      groups.forEach(group -> group.addUnused(fault));
    } else {
      throw new InvalidRowException(
          fault,
          0,
          problem(fault) + ", in the row " + row,
          "to leave such rows out and count them: drop(InputCheck.%s)".formatted(fault));
    }
  }

  private ForecastGroup group(int slice, List<String> key) {
    Map<List<String>, ForecastGroup> groups = slices.get(slice);
    ForecastGroup group =
        groups.computeIfAbsent(key, k -> new ForecastGroup(spec.kind().newState()));
    if (groups.size() > SLICE_LIMIT) {
      throw new EvaluationException(
          "slice %s has more than %d values; slice by columns with fewer"
              .formatted(spec.slices().get(slice), SLICE_LIMIT));
    }
    return group;
  }

  private static void refuse(String problem, Row row) {
    throw new EvaluationException(
        problem + ", in the row " + row + "; leave such rows out of the table");
  }

  private String problem(InputCheck fault) {
    String forecast = "column '" + String.join("', '", spec.kind().columns()) + "': ";
    return switch (fault) {
      case NULL_PREDICTION -> forecast + "the forecast is NULL or holds a NULL";
      case EMPTY_PREDICTION -> forecast + "the forecast is an empty array";
      case LENGTH_MISMATCH ->
          forecast + "the forecast does not hold " + spec.kind().length() + " numbers";
      case NULL_LABEL -> "column '" + spec.label() + "': " + fault.description();
      case NULL_WEIGHT, INVALID_WEIGHT -> "column '" + spec.weight() + "': " + fault.description();
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
    return w > 0 && w < Double.POSITIVE_INFINITY ? null : InputCheck.INVALID_WEIGHT;
  }

  private void merge(ForecastGroups other) {
    overall.merge(other.overall);
    for (int s = 0; s < slices.size(); s++) {
      int slice = s;
      other.slices.get(s).forEach((key, group) -> group(slice, key).merge(group));
    }
  }

  SliceResult overall() {
    return overall.result(Map.of());
  }

  List<SliceResult> slices() {
    List<SliceResult> results = new ArrayList<>();
    for (int s = 0; s < slices.size(); s++) {
      List<String> columns = spec.slices().get(s);
      slices
          .get(s)
          .forEach(
              (key, group) -> {
                Map<String, String> slice = new LinkedHashMap<>();
                for (int c = 0; c < columns.size(); c++) {
                  slice.put(columns.get(c), key.get(c));
                }
                results.add(group.result(slice));
              });
    }
    return results;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      overall.write(out);
      for (Map<List<String>, ForecastGroup> groups : slices) {
        out.writeInt(groups.size());
        for (Map.Entry<List<String>, ForecastGroup> group : groups.entrySet()) {
          for (String text : group.getKey()) {
            out.writeBoolean(text != null);
            if (text != null) {
              out.writeUTF(text);
            }
          }
          group.getValue().write(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link #toBytes} wrote. */
  static ForecastGroups of(ForecastSpec spec, byte[] bytes) {
    ForecastGroups groups = new ForecastGroups(spec);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      groups.overall.read(in);
      for (int s = 0; s < groups.slices.size(); s++) {
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
          List<String> key = new ArrayList<>();
          for (int c = 0; c < spec.slices().get(s).size(); c++) {
            key.add(in.readBoolean() ? in.readUTF() : null);
          }
          groups.group(s, key).read(in);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return groups;
  }
}
