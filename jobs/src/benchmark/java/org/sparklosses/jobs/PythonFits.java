// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Calibrators of Python, fitted by a process that stays between them: {@code fits.py}. */
final class PythonFits implements AutoCloseable {

  private final Process process;
  private final Writer toPython;
  private final BufferedReader fromPython;

  /** With an interpreter that has the libraries. */
  PythonFits(String python, String program) {
    try {
      process =
          new ProcessBuilder(python, program)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    toPython =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    fromPython =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** CPU and wall time of a fit, in milliseconds, as the process measured them. */
  double[] time(String name, String table, int classes) {
    try {
      toPython.write(name + "\t" + table + "\t" + classes + "\n");
      toPython.flush();
      String answer = fromPython.readLine();
      if (answer == null) {
        throw new IllegalStateException("Python ended at the fit of " + name);
      }
      String[] parts = answer.split("\t", -1);
      return new double[] {Double.parseDouble(parts[0]), Double.parseDouble(parts[1])};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
