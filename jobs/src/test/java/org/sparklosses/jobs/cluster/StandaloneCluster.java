// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.jobs.JavaProcess;
import org.sparklosses.jobs.JobJar;
import org.sparklosses.jobs.Main;
import picocli.CommandLine;

/**
 * A master and two workers of two cores each, on ports that are free, with Spark's jars of the test
 * class path and a {@code spark-submit}. The processes end with it, at the latest with this JVM.
 */
final class StandaloneCluster implements AutoCloseable {

  private static final Pattern MASTER = Pattern.compile("at (spark://127\\.0\\.0\\.1:\\d+)");
  private static final Pattern PAGE = Pattern.compile("started at (http://127\\.0\\.0\\.1:\\d+)");

  /**
   * Names of this machine, for Spark starts no second attempt of a task on the host of the first.
   */
  private static final List<String> HOSTS = List.of("127.0.0.1", "localhost");

  /** Small tables in few parts; Delta has 50 for the list of its files. */
  private static final String SETTINGS =
      """
      spark.ui.enabled false
      spark.driver.host 127.0.0.1
      spark.sql.shuffle.partitions 4
      spark.databricks.delta.snapshotPartitions 1
      """;

  /** What spark-class does, which is not among Spark's Maven artifacts. */
  private static final String SUBMIT =
      """
      #!/usr/bin/env bash
      command=()
      while IFS= read -r -d '' word; do
        command+=("${word#$'\\n'}")
      done < <("$JAVA_HOME/bin/java" -cp "$SPARK_HOME/jars/*" \\
        org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@")
      exec "${command[@]:1}"
      """;

  private final Path folder;
  private final Path home;
  private final List<Process> daemons = new ArrayList<>();
  private final Thread atExit = new Thread(this::stop);
  private String master = "";
  private String page = "";

  private StandaloneCluster(Path folder) {
    this.folder = folder;
    home = folder.resolve("spark");
  }

  /**
   * Starts one.
   *
   * @param folder empty; it gets the logs, and Spark's home
   */
  static StandaloneCluster start(Path folder) throws IOException, InterruptedException {
    StandaloneCluster cluster = new StandaloneCluster(folder);
    Runtime.getRuntime().addShutdownHook(cluster.atExit);
    try {
      cluster.layHome();
      cluster.startMaster();
      for (String host : HOSTS) {
        cluster.startWorker(host);
      }
      cluster.await("two workers", () -> cluster.workersAlive() == HOSTS.size());
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** {@code spark://host:port}. */
  String master() {
    return master;
  }

  /** The jar of the jobs as it is packaged. */
  Path jobs() {
    return home.resolve("spark-losses-jobs.jar");
  }

  /** The jar of the library alone. */
  Path library() {
    return home.resolve("spark-losses.jar");
  }

  /**
   * Runs a script of the shell, in which {@code spark-submit} is Spark's, {@code $MASTER} the
   * cluster, {@code $PAGE} its page, {@code $JOBS} and {@code $LIBRARY} the jars.
   */
  JavaProcess.Output run(Path workingFolder, String script)
      throws IOException, InterruptedException {
    String settings =
        "export PATH='%s':\"$PATH\" MASTER='%s' PAGE='%s' JOBS='%s' LIBRARY='%s'\n"
            .formatted(home.resolve("bin"), master, page, jobs(), library());
    return JavaProcess.in(workingFolder, home).run(List.of("bash", "-c", settings + script));
  }

  /** What a command that submits the jobs gives them. */
  String[] arguments(String command) throws IOException, InterruptedException {
    String printed =
        run(folder, "spark-submit() { printf '%s\\0' \"$@\"; }\n" + command).succeeded().out();
    List<String> words = List.of(printed.split("\0", -1));
    // What is printed ends in a separator, too.
    return words
        .subList(words.indexOf(jobs().toString()) + 1, words.size() - 1)
        .toArray(String[]::new);
  }

  /** What the master says of itself, its workers, drivers and applications. */
  JsonNode status() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(page + "/json/")).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body);
  }

  private long workersAlive() {
    try {
      return status().get("aliveworkers").asLong();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void layHome() throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path settings = Files.createDirectories(home.resolve("conf")).resolve("spark-defaults.conf");
    Files.writeString(settings, SETTINGS);
    Path submit = Files.writeString(bin.resolve("spark-submit"), SUBMIT);
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path library = JavaProcess.homeOf(Evaluation.class);
    List<Path> packaged =
        List.of(JavaProcess.homeOf(Main.class), library, JavaProcess.homeOf(CommandLine.class));
    for (Path entry : JavaProcess.classPath()) {
      if (!Files.isDirectory(entry) && !packaged.contains(entry)) {
        Files.createSymbolicLink(jars.resolve(entry.getFileName()), entry);
      }
    }
    JobJar.write(jobs(), packaged, Optional.of(Main.class));
    JobJar.write(library(), List.of(library), Optional.empty());
  }

  private void startMaster() throws IOException, InterruptedException {
    Path log = daemon("master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0");
    master = said(log, MASTER);
    page = said(log, PAGE);
  }

  private void startWorker(String host) throws IOException {
    Path work = folder.resolve("work-" + host);
    List<String> options = new ArrayList<>(List.of("--host", host, "--port", "0"));
    options.addAll(List.of("--webui-port", "0", "--cores", "2", "--memory", "3g"));
    options.addAll(List.of("--work-dir", work.toString(), master));
    daemon("worker", options.toArray(String[]::new));
  }

  /** Starts a master or worker and gives its log. */
  private Path daemon(String name, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaProcess.moduleOptions());
    command.addAll(List.of("-Xmx512m", "-cp", home.resolve("jars") + "/*"));
    String type = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    command.add("org.apache.spark.deploy." + name + "." + type);
    command.addAll(List.of(options));
    Path log = Files.createTempFile(folder, name, ".log");
    ProcessBuilder builder = JavaProcess.in(folder, home).builder(command);
    daemons.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    return log;
  }

  /** Waits for what a daemon logs. */
  private String said(Path log, Pattern pattern) throws IOException, InterruptedException {
    String[] found = new String[1];
    await(
        pattern + " in " + log,
        () -> {
          try {
            Optional<MatchResult> match =
                pattern.matcher(Files.readString(log)).results().findFirst();
            found[0] = match.map(m -> m.group(1)).orElse(null);
            return match.isPresent();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    return found[0];
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    JavaProcess.await(
        what,
        () -> {
          if (daemons.stream().anyMatch(process -> !process.isAlive())) {
            throw new IllegalStateException("a daemon has ended; its log is in " + folder);
          }
          return condition.getAsBoolean();
        });
  }

  private void stop() {
    for (Process daemon : daemons) {
      List<ProcessHandle> started = daemon.descendants().toList();
      daemon.destroyForcibly();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  /** Ends the processes, those of drivers and executors too. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    stop();
    for (Process daemon : daemons) {
      daemon.onExit().join();
    }
  }
}
