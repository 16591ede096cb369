// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One jar of several jars and folders of classes, as the build packages the jobs. */
final class JobJar {

  private JobJar() {}

  static Path write(Path jar, List<Path> sources) throws IOException {
    Set<String> written = new HashSet<>();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Path source : sources) {
        if (Files.isDirectory(source)) {
          copy(source, out, written);
        } else {
          try (FileSystem zip = FileSystems.newFileSystem(source)) {
            copy(zip.getPath("/"), out, written);
          }
        }
      }
    }
    return jar;
  }

  private static void copy(Path root, ZipOutputStream out, Set<String> written) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString();
      if (written.add(name)) {
        out.putNextEntry(new ZipEntry(name));
        Files.copy(file, out);
      }
    }
  }
}
