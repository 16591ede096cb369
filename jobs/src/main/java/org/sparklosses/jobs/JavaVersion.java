// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.lang.Runtime.Version;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.util.VersionInfo;

/** Whether the JVM is one that Spark and its Hadoop can run on. */
final class JavaVersion {

  private JavaVersion() {}

  /**
   * Asks Hadoop for the user, as all reading and writing does. Hadoop before 3.5 does so in a way
   * that Java 23 and later refuse.
   *
   * @throws JobException when this JVM refuses it
   */
  static void check() {
    try {
      UserGroupInformation.getCurrentUser();
    } catch (UnsupportedOperationException e) {
      String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
      throw tooNew(Runtime.version(), spark, VersionInfo.getVersion(), e);
    } catch (IOException e) {
      throw new JobException(
          ExitCode.FAILURE, "Hadoop cannot tell the user: " + Messages.cause(e), e);
    }
  }

  static JobException tooNew(Version java, String spark, String hadoop, RuntimeException cause) {
    return new JobException(
        ExitCode.FAILURE,
        "Java %d is too new for Spark %s with Hadoop %s (%s): %s"
            .formatted(
                java.feature(),
                spark,
                hadoop,
                Messages.firstLine(cause),
                "set JAVA_HOME to Java 17, or use Spark 4.2"),
        cause);
  }
}
