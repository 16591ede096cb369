// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.table.ColumnarPass;
import org.sparklosses.table.Policy;

/** A table that is read in batches, and row by row. */
final class BatchesAndRows {

  private BatchesAndRows() {}

  /** In batches the rows give what they give in other partitions, one by one. */
  static void assertAgree(Evaluation evaluation, Dataset<Row> table) {
    Dataset<Row> exchanged = table.repartition(3);
    assertTrue(ColumnarPass.of(evaluation.columns(table)).isPresent());
    assertFalse(ColumnarPass.of(evaluation.columns(exchanged)).isPresent());
    assertEquals(evaluation.run(exchanged), evaluation.run(table));
  }

  /** With rows of any fault left out. */
  static Evaluation dropping(Evaluation start) {
    Evaluation evaluation = start;
    for (InputCheck check : InputCheck.values()) {
      evaluation = check.isFault() ? evaluation.policy(check, Policy.DROP) : evaluation;
    }
    return evaluation;
  }
}
