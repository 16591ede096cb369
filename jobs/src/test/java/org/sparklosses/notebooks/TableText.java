// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table as Zeppelin's Spark interpreters write it: tabs between cells, a line a row. */
final class TableText {

  /** Zeppelin's own default of {@code zeppelin.spark.maxResult}. */
  static final int ROWS = 1000;

  private TableText() {}

  /** The output, empty of a statement that gives no table. */
  static String of(Dataset<?> dataset, int limit) {
    Dataset<Row> table = dataset.toDF();
    if (table.columns().length == 0) {
      return "";
    }
    List<Row> rows = table.takeAsList(limit + 1);
    if (rows.size() > limit) {
      throw new IllegalArgumentException(
          "more than " + limit + " rows, which Zeppelin cuts with a notice: add a LIMIT");
    }
    String head = Stream.of(table.columns()).map(TableText::cell).collect(Collectors.joining("\t"));
    String body =
        rows.stream()
            .map(
                row ->
                    IntStream.range(0, row.size())
                        .mapToObj(i -> cell(row.get(i)))
                        .collect(Collectors.joining("\t", "", "\n")))
            .collect(Collectors.joining());
    return "%table " + head + "\n" + body + "\n%text ";
  }

  private static String cell(Object value) {
    return String.valueOf(value).replace("\t", " ").replace("\r\n", " ").replace("\n", " ");
  }
}
