// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.sparklosses.table.SparkBridge;
import scala.jdk.javaapi.CollectionConverters;

/** Reads executed plans. */
final class Plans {

  private Plans() {}

  /** How many rows each file scan of an executed query gave, one entry a scan. */
  static List<Long> outputRowsOfScans(Dataset<?> executed) {
    List<Long> rows = new ArrayList<>();
    collect(SparkBridge.execution(executed).executedPlan(), rows);
    return rows;
  }

  private static void collect(SparkPlan plan, List<Long> rows) {
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      collect(adaptive.executedPlan(), rows);
    } else if (plan instanceof QueryStageExec stage) {
      collect(stage.plan(), rows);
    } else if (plan instanceof FileSourceScanExec scan) {
      rows.add(scan.metrics().apply("numOutputRows").value());
    }
    CollectionConverters.asJava(plan.children()).forEach(child -> collect(child, rows));
  }
}
