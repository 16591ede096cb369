// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The session a job runs in: the one at hand, or one that starts and stops with the job. */
final class Sessions {

  private Sessions() {}

  static <T> T with(String name, Function<SparkSession, T> job) {
    JavaVersion.check();
    boolean owned = SparkSession.getDefaultSession().isEmpty();
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    SparkConf given = new SparkConf();
    if (!given.contains("spark.master")) {
      builder.master("local[*]");
    }
    if (!given.contains("spark.ui.showConsoleProgress")) {
      builder.config("spark.ui.showConsoleProgress", "true");
    }
    SparkSession session = builder.getOrCreate();
    try {
      return job.apply(session);
    } finally {
      if (owned) {
        session.stop();
      }
    }
  }
}
