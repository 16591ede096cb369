package org.sparklosses.sql;

import org.apache.spark.sql.SparkSession;

/** The ways in which Spark evaluates an expression. */
enum Engine {
  WHOLE_STAGE("true", "FALLBACK"),
  CODEGEN("false", "CODEGEN_ONLY"),
  INTERPRETED("false", "NO_CODEGEN");

  private static final String WHOLE_STAGE_KEY = "spark.sql.codegen.wholeStage";
  private static final String FACTORY_KEY = "spark.sql.codegen.factoryMode";

  private final String wholeStage;
  private final String factory;

  Engine(String wholeStage, String factory) {
    this.wholeStage = wholeStage;
    this.factory = factory;
  }

  /** Runs a test in this way, and leaves the session as it was. */
  void run(SparkSession spark, Runnable test) {
    String wholeStageBefore = spark.conf().get(WHOLE_STAGE_KEY);
    String factoryBefore = spark.conf().get(FACTORY_KEY);
    try {
      spark.conf().set(WHOLE_STAGE_KEY, wholeStage);
      spark.conf().set(FACTORY_KEY, factory);
      test.run();
    } finally {
      spark.conf().set(WHOLE_STAGE_KEY, wholeStageBefore);
      spark.conf().set(FACTORY_KEY, factoryBefore);
    }
  }
}
