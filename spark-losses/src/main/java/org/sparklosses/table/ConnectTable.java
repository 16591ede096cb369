// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import org.apache.spark.sql.Dataset;

/** The tables of Spark Connect's client, which has neither their rows nor Catalyst. */
final class ConnectTable {

  private static final String PACKAGE = "org.apache.spark.sql.connect.";

  private ConnectTable() {}

  /**
   * Refuses such a table, before a class of Catalyst is asked for that the client does not have.
   *
   * @throws IllegalArgumentException naming what works there
   */
  static void refuse(Dataset<?> table) {
    // By its name: the class itself is not there but on a client.
    if (table.getClass().getName().startsWith(PACKAGE)) {
      throw new IllegalArgumentException(
          "the table is one of Spark Connect, whose rows only the server reads: ask the server in"
              + " SQL, SELECT evaluation_metric(evaluation_state(predictions, label), 'log_loss'),"
              + " from Python by sparklosses.Evaluation, or submit the job evaluate to the cluster");
    }
  }
}
