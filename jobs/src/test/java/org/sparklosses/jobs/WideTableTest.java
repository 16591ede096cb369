// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * One row group of 4,000 rows of 50,000 classes in a heap of 4 GB, where Spark's default reader
 * batch ends in an OutOfMemoryError. It takes 800 MB of disk.
 */
class WideTableTest {

  private static final int ROWS = 4000;
  private static final int CLASSES = 50_000;

  @TempDir(factory = InBuildFolder.class)
  private Path folder;

  static final class InBuildFolder implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "wide");
    }
  }

  @Test
  void wideRowGroupInASmallHeap() throws Exception {
    String table = folder.resolve("table").toString();
    Path report = folder.resolve("report");
    job(
        "generate",
        "--output",
        table,
        "--rows",
        String.valueOf(ROWS),
        "--classes",
        String.valueOf(CLASSES),
        "--partitions",
        "1",
        "--row-group-bytes",
        "2000000000");

    String console =
        job("evaluate", "--input", table, "--logits", "logits", "--output", report.toString());

    assertTrue(console.startsWith("4,000 rows read, 4,000 evaluated, 50,000 classes"), console);
    ReportFile file = ReportFile.read(report);
    assertEquals(CLASSES, file.root().get("classes").asInt());
    assertTrue(Double.isFinite(file.value("classwise_calibration_error")));
  }

  private String job(String... arguments) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("-Xmx4g"));
    options.addAll(JavaProcess.moduleOptions());
    options.addAll(
        List.of(
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.ui.showConsoleProgress=false",
            "-cp",
            String.join(
                File.pathSeparator,
                JavaProcess.classPath().stream().map(Path::toString).toList())));
    List<String> command = new ArrayList<>(List.of(Main.class.getName()));
    command.addAll(List.of(arguments));
    return JavaProcess.in(folder, folder).java(options, command).succeeded().out();
  }
}
