// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Processes that see one Python environment and its Spark, and nothing of this JVM.
 *
 * @param python the environment
 * @param folder for what they write
 */
record PythonProcess(PythonHome python, Path folder) {

  /** For a process that hangs: they take seconds, minutes on a slow machine that is busy. */
  private static final long TIMEOUT_MINUTES = 30;

  /** A process that is ready to start, in a folder of its own. */
  ProcessBuilder builder(Map<String, String> environment, List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("PYSPARK_PYTHON", python.program("python"));
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    if (python.sparkHome() != null) {
      builder.environment().put("SPARK_HOME", python.sparkHome());
      builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    }
    builder.environment().putAll(environment);
    return builder.directory(Files.createTempDirectory(folder, "process").toFile());
  }

  /** What a process prints that ends well. */
  String output(Map<String, String> environment, List<String> command) throws Exception {
    Path log = Files.createTempFile(folder, "process", ".log");
    Process process =
        builder(environment, command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES), "no end of " + command);
    } finally {
      stop(process);
    }
    String output = Files.readString(log);
    assertEquals(0, process.exitValue(), () -> python + ": " + output);
    return output;
  }

  /** Ends a process and those that it started. */
  static void stop(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
