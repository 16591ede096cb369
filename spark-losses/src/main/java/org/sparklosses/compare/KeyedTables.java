// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.JobDescription;

/**
 * Two tables of predictions of the same rows, joined by a key. One query over the keys of both
 * checks that they are unique, and that labels agree where both tables have them, before the join.
 *
 * @param rows the rows of the first table that have a partner, with the partner's predictions
 * @param predictions the name of the column of the partner's predictions
 * @param keys how the rows were matched
 */
record KeyedTables(Dataset<Row> rows, String predictions, KeyCounts keys) {

  private static final String KEY = "_second_key";

  /**
   * Joins two tables.
   *
   * @param predictions the predictions of the second table
   * @throws IllegalArgumentException if a column is missing, or keys are of different types
   * @throws EvaluationException if a key is not unique in a table, or labels differ
   */
  static KeyedTables of(
      Dataset<?> first, Dataset<?> second, String key, String label, String predictions) {
    Column firstKey = new InputColumns(first).find("key of the first table", key);
    Column secondKey = new InputColumns(second).find("key of the second table", key);
    checkTypes(
        "key",
        key,
        new InputColumns(first).typeOf(key, firstKey),
        new InputColumns(second).typeOf(key, secondKey));
    Labels labels = Labels.of(first, second, label);
    KeyCounts counts = counts(first, firstKey, second, secondKey, key, labels);
    String name = predictions.replace("`", "").replace('.', '_') + " of the second table";
    Column found = new InputColumns(second).find("predictions of the second table", predictions);
    Dataset<Row> partners = second.select(secondKey.as(KEY), found.as(name));
    Dataset<Row> rows =
        first.join(partners, firstKey.equalTo(partners.col(KEY)), "inner").drop(KEY);
    return new KeyedTables(rows, name, counts);
  }

  private static void checkTypes(String role, String name, DataType first, DataType second) {
    boolean numbers = first instanceof NumericType && second instanceof NumericType;
    if (!numbers && !first.equals(second)) {
      throw new IllegalArgumentException(
          "column '%s' (%s) is %s in the first table and %s in the second; cast one of them"
              .formatted(name, role, first.sql(), second.sql()));
    }
  }

  /**
   * The labels of both tables, brought to a type in which they can be compared; NULL where the
   * second table has none.
   */
  private record Labels(String name, Column first, Column second) {

    static Labels of(Dataset<?> first, Dataset<?> second, String name) {
      Column none = lit(null).cast(DataTypes.StringType);
      Optional<Column> other = new InputColumns(second).findAny("label of the second table", name);
      if (other.isEmpty()) {
        return new Labels(name, none, none);
      }
      Column label = new InputColumns(first).find("label", name);
      DataType type = new InputColumns(first).typeOf(name, label);
      checkTypes("label", name, type, new InputColumns(second).typeOf(name, other.get()));
      DataType common = type instanceof NumericType ? DataTypes.DoubleType : DataTypes.StringType;
      return new Labels(name, label.cast(common), other.get().cast(common));
    }
  }

  private static KeyCounts counts(
      Dataset<?> first,
      Column firstKey,
      Dataset<?> second,
      Column secondKey,
      String key,
      Labels labels) {
    Dataset<Row> ofFirst =
        first.select(
            firstKey.as("k"),
            lit(1L).as("a"),
            lit(0L).as("b"),
            labels.first().as("la"),
            lit(null).as("lb"));
    Dataset<Row> ofSecond =
        second.select(
            secondKey.as("k"),
            lit(0L).as("a"),
            lit(1L).as("b"),
            lit(null).as("la"),
            labels.second().as("lb"));
    Column hasKey = col("k").isNotNull();
    Column isMatched = hasKey.and(col("a").gt(0)).and(col("b").gt(0));
    Column differs = isMatched.and(col("la").eqNullSafe(col("lb")).unary_$bang());
    Dataset<Row> counted =
        ofFirst
            .union(ofSecond)
            .groupBy("k")
            .agg(sum("a").as("a"), sum("b").as("b"), max("la").as("la"), max("lb").as("lb"))
            .agg(
                count(isMatched, lit(1L)),
                count(isMatched.unary_$bang(), col("a")),
                count(isMatched.unary_$bang(), col("b")),
                count(hasKey.and(col("a").gt(1)), lit(1L)),
                min(when(hasKey.and(col("a").gt(1)), col("k"))).cast(DataTypes.StringType),
                count(hasKey.and(col("b").gt(1)), lit(1L)),
                min(when(hasKey.and(col("b").gt(1)), col("k"))).cast(DataTypes.StringType),
                count(differs, lit(1L)),
                min(when(differs, col("k"))).cast(DataTypes.StringType));
    Row found =
        JobDescription.during(
            first.sparkSession().sparkContext(), "compare: keys of the two tables", counted::head);
    checkUnique(key, "first", found.getLong(3), found.getString(4));
    checkUnique(key, "second", found.getLong(5), found.getString(6));
    if (found.getLong(7) > 0) {
      throw new EvaluationException(
          "column '%s' (label) differs between the two tables at %d keys, the least of them %s = %s;"
                  .formatted(labels.name(), found.getLong(7), key, found.getString(8))
              + " the models are to be compared on the same rows");
    }
    return new KeyCounts(found.getLong(0), found.getLong(1), found.getLong(2));
  }

  private static Column count(Column condition, Column rows) {
    return coalesce(sum(when(condition, rows)), lit(0L));
  }

  private static void checkUnique(String key, String table, long keys, String least) {
    if (keys > 0) {
      throw new EvaluationException(
          "column '%s' (key) is not unique in the %s table: %d values occur more than once, the"
                  .formatted(key, table, keys)
              + " least of them %s; join by a column that names a row".formatted(least));
    }
  }
}
