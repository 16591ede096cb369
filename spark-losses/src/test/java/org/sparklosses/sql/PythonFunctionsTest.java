// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.GeneratedFile;

/** The functions of the Python package are those of SQL, with their parameters and descriptions. */
class PythonFunctionsTest {

  @Test
  void moduleSaysWhatTheDefinitionsSay() throws IOException {
    new GeneratedFile("src/main/python/sparklosses/functions.py").check(PythonFunctions.module());
  }
}
