// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.sparklosses.testing.SharedSession;
import picocli.CommandLine;

/** A command that was run in this JVM, on the shared session. */
public record CommandRun(int exitCode, String out, String err) {

  public static CommandRun of(String... arguments) {
    SharedSession.get();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine =
        Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
