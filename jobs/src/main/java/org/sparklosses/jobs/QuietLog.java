// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.spark.SparkConf;

/** The log of a job: warnings, errors and a line a stage. */
final class QuietLog {

  private static final String SPARKS_OWN = "org/apache/spark/log4j2-";

  private QuietLog() {}

  /**
   * Takes the place of the log that Spark gives whoever configured none, which tells of every task.
   * A configuration of the user's stays; so does a level by {@code spark.log.level}, which Spark
   * sets when the session starts.
   */
  static void begin() {
    // Spark starts its log once; were it not now, it would later put its own in this one's place.
    new SparkConf(false).initializeLogIfNecessary(false, true);
    ClassLoader spark = SparkConf.class.getClassLoader();
    if (LogManager.getContext(spark, false) instanceof LoggerContext context
        && isSparks(context.getConfiguration().getConfigurationSource())) {
      context.setConfigLocation(configuration());
    }
  }

  private static boolean isSparks(ConfigurationSource source) {
    return source.getLocation() != null && source.getLocation().contains(SPARKS_OWN);
  }

  private static URI configuration() {
    try {
      return QuietLog.class.getResource("log4j2.properties").toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
