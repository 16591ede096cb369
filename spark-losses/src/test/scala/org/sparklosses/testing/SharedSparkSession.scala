package org.sparklosses.testing

import org.apache.spark.sql.SparkSession

/** Offers a ScalaTest suite the one local Spark session of this JVM. */
trait SharedSparkSession {

  /** The session, shared with all other suites and with the JUnit tests. */
  protected lazy val spark: SparkSession = SharedSession.get()
}
