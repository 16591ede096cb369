// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import org.apache.spark.sql.Dataset;

/** What notes call {@code z}, as far as they use it. */
public final class ZeppelinContext {

  /** Shows a table. */
  public void show(Dataset<?> table) {
    show(table, TableText.ROWS);
  }

  /** Shows up to that many rows of a table. */
  public void show(Dataset<?> table, int limit) {
    scala.Console.out().print(TableText.of(table.limit(limit), limit));
  }

  /** The value of a form of the note: its default, as nobody fills it in. */
  public Object noteTextbox(String name, String defaultValue) {
    return defaultValue;
  }
}
