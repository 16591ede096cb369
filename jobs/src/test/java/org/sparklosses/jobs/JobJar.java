// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** One jar of several jars and folders of classes, as the build packages the jobs. */
public final class JobJar {

  private JobJar() {}

  static Path write(Path jar, List<Path> sources) throws IOException {
    return write(jar, sources, Optional.empty());
  }

  /** Writes one that starts with a program, if that is given. */
  public static Path write(Path jar, List<Path> sources, Optional<Class<?>> program)
      throws IOException {
    Set<String> written = new HashSet<>();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      if (program.isPresent()) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, program.get().getName());
        out.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
        manifest.write(out);
        written.add(JarFile.MANIFEST_NAME);
      }
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

  /** One jar of some classes, with those that they hold. */
  public static Path ofClasses(Path jar, Class<?>... types) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : types) {
        Path root = JavaProcess.homeOf(type);
        String name = type.getName().replace('.', '/');
        Path folder = root.resolve(name).getParent();
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(folder, type.getSimpleName() + "{,$*}.class")) {
          for (Path file : files) {
            out.putNextEntry(new ZipEntry(root.relativize(file).toString()));
            Files.copy(file, out);
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
