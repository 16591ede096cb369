// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.PrintWriter;
import org.sparklosses.table.NamedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The entry point: {@code evaluate}, {@code compare}, {@code forecast} and {@code generate}. */
@Command(
    name = "spark-losses",
    description = "How good, and how honest, are a model's predictions?",
    subcommands = {
      EvaluateCommand.class,
      CompareCommand.class,
      CalibrateCommand.class,
      ForecastCommand.class,
      GenerateCommand.class
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a row of the table was refused, or a slice has too many values",
      "2:an option, a column or a metric is wrong",
      "3:the input cannot be read or the output cannot be written",
      "4:anything else",
      "5:a condition of --fail-if holds"
    })
public final class Main implements Runnable {

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "show all of Spark's log, and the stack trace of an error")
  private boolean verbose;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing: evaluate, compare, forecast or generate");
  }

  /** Runs a command and ends the JVM with its exit code, unless that is 0. */
  public static void main(String[] arguments) {
    Main main = new Main();
    int exitCode = main.line().setExecutionStrategy(main::runLogged).execute(arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** The command line, for tests and for programs that embed it. */
  public static CommandLine commandLine() {
    return new Main().line();
  }

  private int runLogged(CommandLine.ParseResult parsed) {
    if (!verbose) {
      QuietLog.begin();
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private CommandLine line() {
    return new CommandLine(this)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (failure, arguments) -> {
              PrintWriter err = failure.getCommandLine().getErr();
              err.println("error: " + Messages.ofOptions(failure));
              err.println(
                  "See '"
                      + failure.getCommandLine().getCommandSpec().qualifiedName()
                      + " --help' for the options.");
              return ExitCode.USAGE.value();
            })
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              if (verbose) {
                failure.printStackTrace(command.getErr());
              }
              command.getErr().println("error: " + Messages.firstLine(failure));
              return exitCode(failure).value();
            });
  }

  private static ExitCode exitCode(Exception failure) {
    if (failure instanceof JobException job) {
      return job.exitCode();
    }
    if (failure instanceof NamedException) {
      return ExitCode.DATA;
    }
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.FAILURE;
  }
}
