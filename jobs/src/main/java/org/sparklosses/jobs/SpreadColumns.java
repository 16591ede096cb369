// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Predictions that are spread over one column a class, such as {@code logit_0 .. logit_9}, or a
 * level or member of a forecast, named by a pattern with one {@code *} for its number.
 */
final class SpreadColumns {

  private SpreadColumns() {}

  /** The column itself, or the array that {@link #gathered} makes where it is a pattern. */
  static String column(String given) {
    return isPattern(given) ? arrayName(given) : given;
  }

  /** The table, with the array of the columns that match where a pattern is given. */
  static Dataset<Row> gathered(Dataset<Row> table, String given) {
    return isPattern(given) ? gather(table, given) : table;
  }

  private static boolean isPattern(String column) {
    return column.indexOf('*') >= 0;
  }

  /** The name that {@link #gather} gives the array. */
  private static String arrayName(String pattern) {
    return pattern.replace("*", "").replaceAll("\\W+", "_") + "_array";
  }

  /**
   * Adds the array of the columns that match, in the order of their numbers: 2 before 10.
   *
   * @throws JobException when none matches, or their numbers are not 0, 1, 2, ...
   */
  static Dataset<Row> gather(Dataset<Row> table, String pattern) {
    List<String> names = matching(table.columns(), pattern);
    Column[] columns = names.stream().map(n -> table.col("`" + n + "`")).toArray(Column[]::new);
    return table.withColumn(arrayName(pattern), functions.array(columns));
  }

  static List<String> matching(String[] columns, String pattern) {
    int star = pattern.indexOf('*');
    Pattern numbered =
        Pattern.compile(
            Pattern.quote(pattern.substring(0, star))
                + "(\\d{1,9})"
                + Pattern.quote(pattern.substring(star + 1)));
    List<Numbered> found =
        Arrays.stream(columns)
            .map(name -> numbered(numbered.matcher(name), name))
            .filter(n -> n.number >= 0)
            .sorted(Comparator.comparingInt(Numbered::number))
            .toList();
    if (found.isEmpty()) {
      throw new JobException(
          ExitCode.USAGE,
          "no column matches '"
              + pattern
              + "' with a number for the *; the table has "
              + String.join(", ", columns));
    }
    for (int k = 0; k < found.size(); k++) {
      if (found.get(k).number != k) {
        throw new JobException(
            ExitCode.USAGE,
            "the columns of '"
                + pattern
                + "' must be numbered from 0 without gaps: expected "
                + pattern.replace("*", String.valueOf(k))
                + ", found "
                + found.get(k).name);
      }
    }
    return found.stream().map(Numbered::name).toList();
  }

  private record Numbered(int number, String name) {}

  private static Numbered numbered(Matcher matcher, String name) {
    return new Numbered(matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1, name);
  }
}
