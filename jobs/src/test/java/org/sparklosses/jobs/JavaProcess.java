// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.sparklosses.testing.OtherJvm;

/** Runs programs in processes of their own and gives what they print. */
public record JavaProcess(Path folder, Path sparkHome) {

  /** For a process that hangs: they take seconds, minutes on a slow machine that is busy. */
  private static final long TIMEOUT_MINUTES = 30;

  private static final long POLL_MILLIS = 50;

  /** How a process ended and what it printed. */
  public record Output(int exitCode, String out, String err) {

    /** Itself, of a process that ended well. */
    public Output succeeded() {
      assertEquals(0, exitCode, () -> err + out);
      return this;
    }
  }

  public static JavaProcess in(Path folder, Path sparkHome) {
    return new JavaProcess(folder, sparkHome);
  }

  /** What the tests run with. */
  public static List<Path> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::exists)
        .filter(entry -> !entry.endsWith("test-classes"))
        .distinct()
        .toList();
  }

  /** The folder or jar that a class is loaded from. */
  public static Path homeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Those of this process that open or add modules, which Spark's own launcher would give. */
  public static List<String> moduleOptions() {
    return OtherJvm.moduleOptions();
  }

  public Output java(List<String> options, List<String> mainAndArguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(mainAndArguments);
    return run(command);
  }

  public Output run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "process", ".out");
    Path err = Files.createTempFile(folder, "process", ".err");
    Process process =
        builder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      assertTrue(process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES), "no end of " + command);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Looks again and again whether something has come to be. */
  public static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(TIMEOUT_MINUTES);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, () -> "no " + what);
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** A process that knows where Spark is. */
  public ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
