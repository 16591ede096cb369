// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The ways in which Spark evaluates an expression. None may fall back to another. */
enum Engine {
  WHOLE_STAGE("true", "CODEGEN_ONLY"),
  CODEGEN("false", "CODEGEN_ONLY"),
  INTERPRETED("false", "NO_CODEGEN");

  private static final List<String> KEYS =
      List.of(
          "spark.sql.codegen.wholeStage",
          "spark.sql.codegen.factoryMode",
          "spark.sql.codegen.fallback");

  private final String wholeStage;
  private final String factory;

  Engine(String wholeStage, String factory) {
    this.wholeStage = wholeStage;
    this.factory = factory;
  }

  /** Runs a test in this way, and leaves the session as it was. */
  void run(SparkSession spark, Runnable test) {
    List<String> before = KEYS.stream().map(spark.conf()::get).toList();
    try {
      set(spark, List.of(wholeStage, factory, "false"));
      test.run();
    } finally {
      set(spark, before);
    }
  }

  private static void set(SparkSession spark, List<String> values) {
    for (int i = 0; i < KEYS.size(); i++) {
      spark.conf().set(KEYS.get(i), values.get(i));
    }
  }
}
