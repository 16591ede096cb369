// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

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
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.function.NearName;

/** Finds the columns of an evaluation in a table and brings them to the types that it reads. */
public final class InputColumns {

  /** Where the predictions are among the columns that are read. */
  public static final int PREDICTIONS = 0;

  /** Where the label is. */
  public static final int LABEL = 1;

  private final Dataset<?> table;

  /** Of a table. */
  public InputColumns(Dataset<?> table) {
    this.table = table;
  }

  /** The columns that {@link RowReader} reads, in its order, but for the functions. */
  public List<Column> select(PredictionSpec spec) {
    RowSpec rows = spec.rows();
    List<Column> columns = new ArrayList<>();
    columns.add(predictions(rows.predictions(), spec.kind()));
    columns.add(label(spec));
    if (rows.isWeighted()) {
      columns.add(number("weight", rows.weight()));
    }
    if (rows.key() != null) {
      columns.add(text("key", rows.key()));
    }
    if (rows.unit() != null) {
      columns.add(unit(rows.unit()));
    }
    rows.sliceColumns().forEach(slice -> columns.add(groups("slice", slice)));
    if (spec.classNames().areDeclared()) {
      columns.add(text("label", rows.label()));
    }
    return named(columns);
  }

  /**
   * Columns of numbers, or of arrays of them, that are judged by a number: these, the label, the
   * weight if there is one, the key of a bootstrap if there is one, and the slices.
   *
   * @param names of the columns
   * @param role what they are called
   */
  public List<Column> select(RowSpec rows, String role, List<String> names, boolean isArray) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(isArray ? numbers(role, name) : number(role, name));
    }
    columns.add(number("label", rows.label()));
    if (rows.isWeighted()) {
      columns.add(number("weight", rows.weight()));
    }
    if (rows.unit() != null) {
      columns.add(unit(rows.unit()));
    }
    rows.sliceColumns().forEach(slice -> columns.add(groups("slice", slice)));
    return named(columns);
  }

  /**
   * The columns of {@link #select(PredictionSpec)}, and a last one that tells the fold of a row.
   */
  public List<Column> selectWithFold(PredictionSpec spec, String fold) {
    List<Column> columns = new ArrayList<>(select(spec));
    boolean isNumber = InputTypes.isNumber(typeOf(fold, find("fold", fold)));
    Column column = isNumber ? number("fold", fold) : text("fold", fold);
    columns.add(column.as(name(columns.size())));
    return columns;
  }

  private static List<Column> named(List<Column> columns) {
    List<Column> named = new ArrayList<>();
    columns.forEach(column -> named.add(column.as(name(named.size()))));
    return named;
  }

  /** The name of column {@code i} of {@link #select}. */
  public static String name(int i) {
    return "_" + i;
  }

  /** A column of predictions as {@link PredictionColumn} reads it. */
  public Column predictions(String name, InputKind kind) {
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

  /** The number of classes of the first row; 0 if it has no predictions. */
  int classes(PredictionSpec spec) {
    List<Row> first =
        table.select(predictions(spec.rows().predictions(), spec.kind())).takeAsList(1);
    if (first.isEmpty() || first.get(0).isNullAt(0)) {
      return 0;
    }
    return first.get(0).get(0) instanceof Vector vector
        ? vector.size()
        : first.get(0).getList(0).size();
  }

  /** The class index as a double; NaN for a value that is the name of no class. */
  private Column label(PredictionSpec spec) {
    Column column = find("label", spec.rows().label());
    DataType type = typeOf(spec.rows().label(), column);
    ClassNames names = spec.classNames();
    boolean isNamed = type instanceof StringType || type instanceof BooleanType;
    if (isNamed && !names.areDeclared()) {
      String example = type instanceof BooleanType ? "true" : "VALUE";
      throw new IllegalArgumentException(
          wrongType("label", spec.rows().label(), type, "a number").getMessage()
              + "; say which value is class 1 of two: positive(\"%s\"), on the command line"
                  .formatted(example)
              + " --positive %s; or name the classes in their order: classNames(...), --class-names"
                  .formatted(example));
    }
    if (!isNamed) {
      Column number = number("label", spec.rows().label());
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
  private static Column oneAgainstRest(Column label, PredictionSpec spec) {
    double positive;
    try {
      positive = Double.parseDouble(spec.classNames().positive());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "column '%s' (label) holds numbers: the positive value '%s' is none"
              .formatted(spec.rows().label(), spec.classNames().positive()),
          e);
    }
    return when(isnan(label).or(label.equalTo(spec.ignoreIndex())), label)
        .otherwise(label.equalTo(positive).cast("int").cast(DataTypes.DoubleType));
  }

  /** Whole numbers as BIGINT, so that tables that differ in their width have the same buckets. */
  public Column unit(RowSpec.Unit unit) {
    Column column = find(unit.role(), unit.column());
    return typeOf(unit.column(), column) instanceof IntegralType
        ? column.cast(DataTypes.LongType)
        : groups(unit.role(), unit.column());
  }

  /** Values as text, one for all that GROUP BY takes for the same. */
  public Column groups(String role, String name) {
    Column column = find(role, name);
    DataType type = typeOf(name, column);
    return type instanceof BinaryType
        ? text(role, name)
        : GroupedValues.of(role, name, column, type).cast(DataTypes.StringType);
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
  public DataType typeOf(String name, Column column) {
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
  public Optional<Column> findAny(String role, String name) {
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
  public Column find(String role, String name) {
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
    return "no column '%s' (%s) in the table; it has %s%s"
        .formatted(
            name,
            role,
            columns.stream().map(InputColumns::shown).collect(Collectors.joining(", ")),
            NearName.question(bare, columns).map(question -> "; " + question).orElse(""));
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
