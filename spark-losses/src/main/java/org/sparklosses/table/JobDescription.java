// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/**
 * What the jobs of a scan are called: on Spark's page, in its event log, and by progress bars. A
 * description that the caller has set stays in front, and is back afterwards.
 */
public final class JobDescription {

  /** The property of jobs that Spark shows. */
  public static final String PROPERTY = "spark.job.description";

  private JobDescription() {}

  /** Does what starts jobs of that description. */
  public static <T> T during(SparkContext context, String description, Supplier<T> jobs) {
    String before = context.getLocalProperty(PROPERTY);
    context.setLocalProperty(PROPERTY, before == null ? description : before + ": " + description);
    try {
      return jobs.get();
    } finally {
      context.setLocalProperty(PROPERTY, before);
    }
  }

  /**
   * A number of things.
   *
   * @param thing one of them; more have an s
   */
  public static String count(long number, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
  }
}
