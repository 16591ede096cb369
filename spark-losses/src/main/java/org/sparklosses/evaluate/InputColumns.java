package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.function.Parameter;
import org.sparklosses.metric.ColumnsMean;

/** Finds the columns of an evaluation in a table and brings them to the types that it reads. */
final class InputColumns {

  private static final int PREDICTIONS = 0;
  private static final int LABEL = 1;

  private final Dataset<?> table;

  InputColumns(Dataset<?> table) {
    this.table = table;
  }

  /** The columns that {@link RowReader} reads, in its order, but for the functions. */
  List<Column> select(EvaluationSpec spec) {
    List<Column> columns = new ArrayList<>();
    columns.add(predictions(spec.predictions(), spec.kind()));
    columns.add(number("label", spec.label()));
    if (spec.weight() != null) {
      columns.add(number("weight", spec.weight()));
    }
    if (spec.key() != null) {
      columns.add(find("key", spec.key()).cast(DataTypes.StringType));
    }
    if (spec.intervals().isBootstrap()) {
      columns.add(unit(spec.intervals().keyRole(), spec.intervals().key()));
    }
    spec.sliceColumns().forEach(slice -> columns.add(groups("slice", slice)));
    for (int i = 0; i < columns.size(); i++) {
      columns.set(i, columns.get(i).as(name(i)));
    }
    List<String> more = functionColumns(spec);
    for (int i = 0; i < more.size(); i++) {
      columns.add(find("metric", more.get(i)).as(functionColumn(i)));
    }
    return columns;
  }

  /** The columns that {@link ForecastGroups} reads, in its order. */
  List<Column> select(ForecastSpec spec) {
    List<Column> columns = new ArrayList<>();
    for (String name : spec.kind().columns()) {
      columns.add(spec.kind().isArray() ? numbers("forecast", name) : number("forecast", name));
    }
    columns.add(number("label", spec.label()));
    if (spec.weight() != null) {
      columns.add(number("weight", spec.weight()));
    }
    spec.sliceColumns().forEach(slice -> columns.add(groups("slice", slice)));
    for (int i = 0; i < columns.size(); i++) {
      columns.set(i, columns.get(i).as(name(i)));
    }
    return columns;
  }

  /** The name of column {@code i} of {@link #select}. */
  static String name(int i) {
    return "_" + i;
  }

  private static String functionColumn(int i) {
    return "_function_" + i;
  }

  /** The columns that functions read by name. */
  private static List<String> functionColumns(EvaluationSpec spec) {
    return spec.columnsMeans().stream()
        .flatMap(mean -> mean.columns().values().stream())
        .filter(column -> !column.isEmpty())
        .distinct()
        .toList();
  }

  /**
   * The functions that {@link RowReader} averages: SQL over the columns of {@link #select}.
   *
   * @throws IllegalArgumentException if one would read logits where there are only probabilities
   */
  static List<String> functions(EvaluationSpec spec) {
    List<String> columns = functionColumns(spec);
    List<String> functions = new ArrayList<>();
    for (ColumnsMean mean : spec.columnsMeans()) {
      if (mean.hasOwnLogits() && spec.kind() == InputKind.PROBABILITIES) {
        throw new IllegalArgumentException(
            "metric '%s' needs logits, but the evaluation reads probabilities; name its columns"
                .formatted(mean.function().name()));
      }
      List<String> arguments = new ArrayList<>();
      for (Parameter parameter : mean.function().function().columns()) {
        String column = mean.columns().get(parameter.name());
        int own = ColumnsMean.isLabel(parameter) ? LABEL : PREDICTIONS;
        arguments.add(column.isEmpty() ? name(own) : functionColumn(columns.indexOf(column)));
      }
      functions.add(mean.sql(arguments));
    }
    return functions;
  }

  /** A column of predictions as {@link PredictionColumn} reads it. */
  Column predictions(String name, InputKind kind) {
    Column column = find(kind.toString(), name);
    DataType type = typeOf(name, column);
    if (PredictionColumn.isSupported(type)) {
      return column;
    }
    if (type instanceof ArrayType array && array.elementType() instanceof NumericType) {
      return column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
    }
    if (type instanceof NumericType) {
      Column positive = column.cast(DataTypes.DoubleType);
      return kind == InputKind.LOGITS
          ? array(lit(0.0), positive)
          : array(lit(1.0).minus(positive), positive);
    }
    throw wrongType(
        kind.toString(), name, type, "ARRAY<FLOAT>, ARRAY<DOUBLE>, an MLlib Vector or a number");
  }

  /** Whole numbers as BIGINT, so that tables that differ in their width have the same blocks. */
  private Column unit(String role, String name) {
    Column column = find(role, name);
    return typeOf(name, column) instanceof IntegralType
        ? column.cast(DataTypes.LongType)
        : groups(role, name);
  }

  /** Values as text, one for all that GROUP BY takes for the same. */
  private Column groups(String role, String name) {
    Column column = find(role, name);
    return GroupedValues.of(role, name, column, typeOf(name, column)).cast(DataTypes.StringType);
  }

  private Column number(String role, String name) {
    Column column = find(role, name);
    DataType type = typeOf(name, column);
    if (!(type instanceof NumericType)) {
      String remedy = type instanceof StringType ? "; cast it if it holds numbers" : "";
      throw wrongType(role, name, type, "a number" + remedy);
    }
    return column.cast(DataTypes.DoubleType);
  }

  private Column numbers(String role, String name) {
    Column column = find(role, name);
    DataType type = typeOf(name, column);
    if (!(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      throw wrongType(role, name, type, "an ARRAY of numbers");
    }
    return column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  private static IllegalArgumentException wrongType(
      String role, String name, DataType type, String wanted) {
    return new IllegalArgumentException(
        "column '%s' (%s) is %s, wanted %s".formatted(name, role, type.sql(), wanted));
  }

  /** Of a column at the top the schema tells; only for others the query has to be analysed. */
  DataType typeOf(String name, Column column) {
    StructType schema = table.schema();
    return Arrays.asList(schema.fieldNames()).contains(name)
        ? schema.apply(name).dataType()
        : table.select(column).schema().apply(0).dataType();
  }

  /**
   * A column that the table may have.
   *
   * @throws IllegalArgumentException if it has several of that name
   */
  Optional<Column> findAny(String role, String name) {
    try {
      return Optional.of(table.col(name));
    } catch (Exception e) {
      if (e instanceof AnalysisException && !e.getMessage().startsWith("[AMBIGUOUS_REFERENCE")) {
        return Optional.empty();
      }
      return Optional.of(find(role, name));
    }
  }

  /** A column of the table. */
  Column find(String role, String name) {
    try {
      return table.col(name);
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new IllegalArgumentException(
            "no column '%s' (%s) in the table; it has %s"
                .formatted(name, role, String.join(", ", table.columns())),
            e);
      }
      throw e;
    }
  }
}
