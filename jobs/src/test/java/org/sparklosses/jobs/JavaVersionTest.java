// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.Runtime.Version;
import org.junit.jupiter.api.Test;

class JavaVersionTest {

  @Test
  void tooNewNamesVersionsAndRemedy() {
    JobException e =
        JavaVersion.tooNew(
            Version.parse("25.0.1+8"),
            "4.1.3",
            "3.4.2",
            new UnsupportedOperationException("getSubject is not supported"));

    assertEquals(
        "Java 25 is too new for Spark 4.1.3 with Hadoop 3.4.2 (getSubject is not supported):"
            + " set JAVA_HOME to Java 17, or use Spark 4.2",
        e.getMessage());
    assertEquals(ExitCode.FAILURE, e.exitCode());
  }

  @Test
  void theJavaOfTheTestsIsNot() {
    JavaVersion.check();
  }
}
