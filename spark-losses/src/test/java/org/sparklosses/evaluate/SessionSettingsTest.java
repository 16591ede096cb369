// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.table.ReaderBatch;
import org.sparklosses.testing.SharedSession;

/**
 * The pass over batches, the pass over rows and Spark's own GROUP BY see the same rows and the same
 * slices whatever the settings of the session are: those that tasks ask while they run, those that
 * decide what an expression means, and those that give another plan.
 */
@ExtendWith(SharedSession.class)
class SessionSettingsTest {

  private static final String ADAPTIVE = "spark.sql.adaptive.enabled";
  private static final String ANSI = "spark.sql.ansi.enabled";
  private static final String DAY = "to_date(day, 'yyyy-MM-dd')";
  private static final String PARSER = "spark.sql.legacy.timeParserPolicy";
  private static final String ZONE = "spark.sql.session.timeZone";
  private static final String CODEGEN = "spark.sql.codegen.factoryMode";

  /** Gives nothing that a plan without it could give. */
  private static final String SUBQUERY = "(SELECT max(id) FROM range(8))";

  @TempDir private static Path directory;

  /**
   * What is evaluated under which settings.
   *
   * @param settings name, value, name, value ...
   * @param condition which rows are evaluated
   * @param label a class of three
   * @param slices expressions
   */
  private record Case(List<String> settings, String condition, String label, List<String> slices) {

    static Case of(String... settings) {
      return new Case(List.of(settings), "true", "label", List.of("country"));
    }

    Case where(String holds) {
      return new Case(settings, holds, label, slices);
    }

    Case label(String expression) {
      return new Case(settings, condition, expression, slices);
    }

    Case by(String... expressions) {
      return new Case(settings, condition, label, List.of(expressions));
    }

    SparkSession session() {
      SparkSession session = SharedSession.get().newSession();
      session.conf().set("spark.sql.shuffle.partitions", "1");
      for (int i = 0; i < settings.size(); i += 2) {
        session.conf().set(settings.get(i), settings.get(i + 1));
      }
      return session;
    }
  }

  private static List<Case> cases() {
    String wrapped = "CAST(2147483647 + id % 3 AS INT)";
    String twice = "map_from_arrays(array(text, text), array(text, day))[text]";
    String shifted = "CAST((id + " + SUBQUERY + ") % 3 AS INT)";
    return List.of(
        Case.of(PARSER, "LEGACY").where(DAY + " IS NOT NULL").by(DAY, "date_format(at, 'u')"),
        Case.of(PARSER, "LEGACY", ANSI, "false").where(DAY + " IS NOT NULL").by(DAY),
        Case.of(PARSER, "CORRECTED", ANSI, "false").by(DAY, "unix_timestamp(day, 'yyyy-MM-dd')"),
        Case.of(ZONE, "America/St_Johns").where("hour(at) < 12").by("at", "to_timestamp(day)"),
        Case.of(ZONE, "Pacific/Apia").by("date_format(at, 'yyyy-MM-dd HH')", "CAST(at AS DATE)"),
        Case.of(ANSI, "false")
            .where("CAST(text AS INT) IS NULL OR id > 9")
            .by("CAST(text AS INT)", wrapped + " + 1", "id % 4 / (id % 2)", "array(text)[id % 2]"),
        Case.of(ANSI, "true")
            .where("try_cast(text AS INT) IS NULL OR id > 9")
            .by("try_cast(text AS INT)", "try_divide(id % 4, id % 2)"),
        Case.of("spark.sql.mapKeyDedupPolicy", "LAST_WIN").by(twice),
        Case.of("spark.sql.legacy.castComplexTypesToString.enabled", "true")
            .by("struct(country, text)"),
        Case.of(ADAPTIVE, "false"),
        Case.of(ADAPTIVE, "false").where("id < 90 * " + SUBQUERY),
        Case.of(ADAPTIVE, "false").label(shifted).by("country", "id % 2 + " + SUBQUERY),
        Case.of(ADAPTIVE, "true").label(shifted).by("country", "id % 2 + " + SUBQUERY),
        Case.of(CODEGEN, "NO_CODEGEN").where("id > 5").by("upper(country)"),
        Case.of("spark.sql.files.maxPartitionBytes", "400"),
        Case.of(ReaderBatch.SETTING, "7").where("id > 5"),
        Case.of(ReaderBatch.NESTED_READER_SETTING, "false").where("id > 5"));
  }

  @BeforeAll
  static void writeTable() {
    SharedSession.get()
        .range(0, 600, 1, 2)
        .select(
            col("id"),
            expr("transform(sequence(0, 2), k -> CAST(sin(id * (k + 1)) * 3 AS FLOAT))")
                .as("logits"),
            expr("CAST(id * 31 % 3 AS INT)").as("label"),
            expr("concat('2020-', id % 12 + 1, '-', id % 9 + 1)").as("day"),
            expr("timestamp_seconds(1710000000 + 3600 * (id % 30))").as("at"),
            expr("IF(id % 5 = 0, 'none', CAST(id % 7 AS STRING))").as("text"),
            expr("element_at(array('a', 'b', NULL), CAST(id % 3 AS INT) + 1)").as("country"))
        .write()
        .parquet(directory.resolve("table").toString());
  }

  private static Dataset<Row> table(SparkSession session) {
    return session.read().parquet(directory.resolve("table").toString());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void batchesRowsAndGroupsAgree(Case given) {
    Dataset<Row> table =
        table(given.session()).withColumn("class", expr(given.label())).where(given.condition());
    List<String> names = new ArrayList<>();
    for (String slice : given.slices()) {
      names.add("slice" + names.size());
      table = table.withColumn(names.get(names.size() - 1), expr(slice));
    }
    assertBothAgreeWithGroups(table, names);
  }

  @Test
  void namesThatDifferInCaseAlone() {
    Dataset<Row> table =
        table(Case.of("spark.sql.caseSensitive", "true").session())
            .selectExpr("*", "label AS class", "CAST(id % 5 AS STRING) AS Country");
    assertBothAgreeWithGroups(table, List.of("country", "Country"));
  }

  private static void assertBothAgreeWithGroups(Dataset<Row> table, List<String> slices) {
    Evaluation evaluation = Evaluation.ofLogits("logits").label("class").metrics("log_loss");
    for (String slice : slices) {
      evaluation = evaluation.slice(slice);
    }
    Dataset<Row> exchanged = table.repartition(3);
    EvaluationResult byRows = evaluation.run(exchanged);
    assertEquals(byRows, evaluation.run(table));
    List<Row> groups = groups(table, slices);
    assertEquals(groups.size(), byRows.slices().size());
    for (Row group : groups) {
      String column = slices.get(group.getInt(0));
      Map<String, String> value = Collections.singletonMap(column, group.getString(1));
      SliceResult slice =
          byRows.slices().stream().filter(s -> s.slice().equals(value)).findFirst().orElseThrow();
      assertEquals(group.getLong(2), slice.ledger().rowsEvaluated(), slice.toString());
      double loss = group.getDouble(3);
      assertEquals(loss, slice.metric("log_loss").value(), 1e-13 * loss, slice.toString());
    }
  }

  /** The number of the slice, its value as text, rows and log loss. */
  private static List<Row> groups(Dataset<Row> table, List<String> slices) {
    StringBuilder number = new StringBuilder("CASE");
    StringBuilder value = new StringBuilder("CASE");
    for (int i = 0; i < slices.size(); i++) {
      String of = " WHEN grouping(" + slices.get(i) + ") = 0 THEN ";
      number.append(of).append(i);
      value.append(of).append("CAST(" + slices.get(i) + " AS STRING)");
    }
    table.createOrReplaceTempView("predictions");
    return table
        .sparkSession()
        .sql(
            "SELECT %s END, %s END, count(*), avg(cross_entropy_loss(logits, class))"
                    .formatted(number, value)
                + " FROM predictions GROUP BY GROUPING SETS ((%s))"
                    .formatted(String.join("), (", slices)))
        .collectAsList();
  }
}
