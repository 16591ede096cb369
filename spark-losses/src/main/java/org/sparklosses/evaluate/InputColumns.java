package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
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
    columns.add(label(spec));
    if (spec.weight() != null) {
      columns.add(number("weight", spec.weight()));
    }
    if (spec.key() != null) {
      columns.add(text("key", spec.key()));
    }
    if (spec.intervals().isBootstrap()) {
      columns.add(unit(spec.intervals().keyRole(), spec.intervals().key()));
    }
    spec.sliceColumns().forEach(slice -> columns.add(text("slice", slice)));
    if (spec.classNames().areDeclared()) {
      columns.add(text("label", spec.label()));
    }
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
    spec.sliceColumns().forEach(slice -> columns.add(text("slice", slice)));
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
      if (mean.hasOwnLogits() && !spec.kind().isLogits()) {
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
    if (InputTypes.isArrayOfNumbers(type)) {
      return column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
    }
    if (InputTypes.isNumber(type)) {
      Column positive = column.cast(DataTypes.DoubleType);
      return kind.isLogits()
          ? array(lit(0.0), positive)
          : array(lit(1.0).minus(positive), positive);
    }
    throw wrongType(
        kind.toString(), name, type, "ARRAY<FLOAT>, ARRAY<DOUBLE>, an MLlib Vector or a number");
  }

  /** The class index as a double; NaN for a value that is the name of no class. */
  private Column label(EvaluationSpec spec) {
    Column column = find("label", spec.label());
    DataType type = typeOf(spec.label(), column);
    ClassNames names = spec.classNames();
    boolean isNamed = type instanceof StringType || type instanceof BooleanType;
    if (isNamed && !names.areDeclared()) {
      String example = type instanceof BooleanType ? "true" : "VALUE";
      throw new IllegalArgumentException(
          wrongType("label", spec.label(), type, "a number").getMessage()
              + "; say which value is class 1 of two: positive(\"%s\"), on the command line"
                  .formatted(example)
              + " --positive %s; or name the classes in their order: classNames(...), --class-names"
                  .formatted(example));
    }
    if (!isNamed) {
      Column number = number("label", spec.label());
      return names.isOneAgainstRest() ? oneAgainstRest(number, spec) : number;
    }
    Column value = column.cast(DataTypes.StringType);
    if (names.isOneAgainstRest()) {
      return value.equalTo(names.positive()).cast("int").cast(DataTypes.DoubleType);
    }
    Column[] values = names.values().stream().map(functions::lit).toArray(Column[]::new);
    Column place = array_position(array(values), value).cast(DataTypes.DoubleType);
    return when(place.equalTo(0), Double.NaN).otherwise(place.minus(1));
  }

  /** 1 for the positive value, else 0; what is NULL, NaN or ignored stays so. */
  private static Column oneAgainstRest(Column label, EvaluationSpec spec) {
    double positive;
    try {
      positive = Double.parseDouble(spec.classNames().positive());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "column '%s' (label) holds numbers: the positive value '%s' is none"
              .formatted(spec.label(), spec.classNames().positive()),
          e);
    }
    return when(isnan(label).or(label.equalTo(spec.ignoreIndex())), label)
        .otherwise(label.equalTo(positive).cast("int").cast(DataTypes.DoubleType));
  }

  /** Whole numbers as BIGINT, so that tables that differ in their width have the same blocks. */
  private Column unit(String role, String name) {
    Column column = find(role, name);
    return column.cast(
        typeOf(name, column) instanceof IntegralType ? DataTypes.LongType : DataTypes.StringType);
  }

  /** Values as text that tells them apart: bytes need not be one. */
  private Column text(String role, String name) {
    Column column = find(role, name);
    return typeOf(name, column) instanceof BinaryType
        ? concat(lit("X'"), hex(column), lit("'"))
        : column.cast(DataTypes.StringType);
  }

  private Column number(String role, String name) {
    Column column = find(role, name);
    DataType type = typeOf(name, column);
    if (!InputTypes.isNumber(type)) {
      throw wrongType(role, name, type, "a number");
    }
    return column.cast(DataTypes.DoubleType);
  }

  private Column numbers(String role, String name) {
    Column column = find(role, name);
    DataType type = typeOf(name, column);
    if (!InputTypes.isArrayOfNumbers(type)) {
      throw wrongType(role, name, type, "an ARRAY of numbers");
    }
    return column.cast(DataTypes.createArrayType(DataTypes.DoubleType));
  }

  private static IllegalArgumentException wrongType(
      String role, String name, DataType type, String wanted) {
    return new IllegalArgumentException(
        "column '%s' (%s) is %s, wanted %s%s"
            .formatted(name, role, InputTypes.name(type), wanted, InputTypes.remedy(type)));
  }

  /** Of a column at the top the schema tells; only for others the query has to be analysed. */
  DataType typeOf(String name, Column column) {
    StructType schema = table.schema();
    return Arrays.asList(schema.fieldNames()).contains(name)
        ? schema.apply(name).dataType()
        : table.select(column).schema().apply(0).dataType();
  }

  /** A column of the table. */
  Column find(String role, String name) {
    try {
      return table.col(name);
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new IllegalArgumentException(notFound(role, name), e);
      }
      throw e;
    }
  }

  private String notFound(String role, String name) {
    List<String> columns = Arrays.asList(table.columns());
    String bare = unquoted(name);
    long same = columns.stream().filter(bare::equalsIgnoreCase).count();
    if (same > 1) {
      return "column '%s' (%s) is ambiguous: the table has %d of that name; give each another"
          .formatted(name, role, same);
    }
    if (columns.contains(bare)) {
      return "no column '%s' (%s): a dot is taken for a field of a struct; write the name in"
              .formatted(name, role)
          + " backticks: "
          + quoted(bare);
    }
    return "no column '%s' (%s) in the table; it has %s"
        .formatted(
            name,
            role,
            columns.stream().map(InputColumns::shown).collect(Collectors.joining(", ")));
  }

  /** A name as it is to be given: in backticks where it would be taken for something else. */
  private static String shown(String name) {
    boolean isPlain = name.chars().noneMatch(c -> c == '.' || c == '`');
    return SliceLabel.printable(isPlain ? name : quoted(name));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String unquoted(String name) {
    boolean isQuoted = name.length() > 1 && name.startsWith("`") && name.endsWith("`");
    return isQuoted ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }
}
