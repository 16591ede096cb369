// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

/** Ends a job with one line for the user and an exit code. */
final class JobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  JobException(ExitCode exitCode, String message) {
    this(exitCode, message, null);
  }

  JobException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
