// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.sparklosses.jobs.JavaProcess;

/**
 * A PostgreSQL of its own, from the Maven artifact that has its programs. It refuses to run as
 * root, so that root starts it as the user nobody, by {@code setpriv}.
 */
final class PostgresServer implements AutoCloseable {

  private static final int NOBODY = 65_534;

  private final Path folder;
  private final Process process;
  private final Thread atExit;
  private final int port;

  private PostgresServer(Path folder, Process process, int port) {
    this.folder = folder;
    this.process = process;
    this.port = port;
    atExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts one.
   *
   * @param programs the jar that holds them
   */
  static PostgresServer start(Path programs) throws IOException, InterruptedException {
    // Not below a folder that only its owner may enter.
    Path folder =
        Files.createTempDirectory(
            "postgres",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    unpack(programs, folder);
    if (isRoot()) {
      JavaProcess.in(folder, folder)
          .run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()))
          .succeeded();
    }
    String data = folder.resolve("data").toString();
    JavaProcess.in(folder, folder)
        .run(
            command(folder, "initdb", "-D", data, "-U", "models", "-A", "trust", "--encoding=UTF8"))
        .succeeded();
    int port = freePort();
    List<String> server = new ArrayList<>(command(folder, "postgres", "-D", data));
    server.addAll(List.of("-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1"));
    server.addAll(List.of("-c", "unix_socket_directories="));
    Path log = Files.createTempFile(folder, "server", ".log");
    Process process =
        new ProcessBuilder(server)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PostgresServer started = new PostgresServer(folder, process, port);
    try {
      Path state = folder.resolve("data").resolve("postmaster.pid");
      JavaProcess.await("server, see " + log, () -> isReady(process, state));
      return started;
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      started.close();
      throw e;
    }
  }

  /** {@code jdbc:postgresql://host:port/database}; the user {@code models} needs no password. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  private static boolean isReady(Process process, Path state) {
    if (!process.isAlive()) {
      throw new IllegalStateException("PostgreSQL has ended");
    }
    try {
      return Files.exists(state) && Files.readString(state).contains("ready");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static List<String> command(Path folder, String program, String... options) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(List.of(options));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The jar holds a compressed archive of the files. */
  private static void unpack(Path programs, Path folder) throws IOException {
    try (FileSystem jar = FileSystems.newFileSystem(programs);
        Stream<Path> entries = Files.list(jar.getPath("/"))) {
      Path archive = entries.filter(e -> e.toString().endsWith(".txz")).findFirst().orElseThrow();
      try (InputStream in = Files.newInputStream(archive);
          TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          unpack(tar, entry, folder.resolve(entry.getName()).normalize());
        }
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Files.createDirectories(file.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(tar, file);
    boolean isProgram = (entry.getMode() & 0100) != 0;
    Set<PosixFilePermission> permissions =
        PosixFilePermissions.fromString(isProgram ? "rwxr-xr-x" : "rw-r--r--");
    Files.setPosixFilePermissions(file, permissions);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    process.destroyForcibly();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
