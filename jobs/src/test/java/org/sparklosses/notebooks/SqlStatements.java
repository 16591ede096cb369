// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The statements of a paragraph of SQL: what semicolons outside of texts and comments part. */
final class SqlStatements {

  private static final Pattern STATEMENT =
      Pattern.compile("(?:'[^']*'|\"[^\"]*\"|--[^\n]*|/\\*.*?\\*/|[^;])+", Pattern.DOTALL);

  private static final Pattern COMMENT =
      Pattern.compile("('[^']*'|\"[^\"]*\")|--[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private SqlStatements() {}

  static List<String> of(String script) {
    return STATEMENT
        .matcher(script)
        .results()
        .map(MatchResult::group)
        .map(statement -> COMMENT.matcher(statement).replaceAll("$1").strip())
        .filter(statement -> !statement.isEmpty())
        .toList();
  }
}
