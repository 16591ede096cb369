// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server of Spark Connect in a process of its own, with the jar as {@code --jars} gives it. It is
 * that of PySpark's own Spark.
 */
final class ConnectServer implements AutoCloseable {

  private static final long START_MINUTES = 10;

  private final Process process;
  private final int port;
  private final Path log;

  private ConnectServer(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts a server, and waits until it listens. */
  static ConnectServer start(PythonProcess processes, Path sparkHome, Path jar) throws Exception {
    int port = freePort();
    Path log = Files.createTempFile(processes.folder(), "server", ".log");
    ProcessBuilder builder =
        processes.builder(
            Map.of("SPARK_HOME", sparkHome.toString()),
            List.of(
                sparkHome.resolve("bin/spark-submit").toString(),
                "--master",
                "local[2]",
                "--jars",
                jar.toString(),
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.connect.grpc.binding.address=127.0.0.1",
                "--conf",
                "spark.connect.grpc.binding.port=" + port,
                "--class",
                "org.apache.spark.sql.connect.service.SparkConnectServer",
                "spark-internal"));
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    ConnectServer server = new ConnectServer(process, port, log);
    try {
      server.await();
    } catch (Exception | Error e) {
      server.close();
      throw e;
    }
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void await() throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(START_MINUTES);
    while (!listens()) {
      assertTrue(process.isAlive() && System.nanoTime() < end, this::log);
      Thread.sleep(200);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where clients find it. */
  String address() {
    return "sc://127.0.0.1:" + port;
  }

  /** What it has printed. */
  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    PythonProcess.stop(process);
  }
}
