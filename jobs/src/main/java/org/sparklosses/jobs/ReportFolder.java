// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The folder that a report is written to. */
final class ReportFolder {

  /** What programs read. */
  static final String EVALUATION = "evaluation.json";

  /** What people read. */
  static final String REPORT = "report.html";

  /** What programs read of a comparison. */
  static final String COMPARISON = "comparison.json";

  /** What people read of a comparison. */
  static final String COMPARISON_PAGE = "comparison.html";

  private final FileSystem files;
  private final Path folder;

  private ReportFolder(FileSystem files, Path folder) {
    this.files = files;
    this.folder = folder;
  }

  /**
   * Makes the folder, so that a wrong path ends the job before the table is read.
   *
   * @param names the files that will be written
   * @throws JobException when it cannot be made, or holds a report that may not be replaced
   */
  static ReportFolder prepare(
      SparkSession session, String path, boolean overwrite, List<String> names) {
    try {
      Path folder = new Path(path);
      FileSystem files = folder.getFileSystem(session.sparkContext().hadoopConfiguration());
      for (String name : overwrite ? List.<String>of() : names) {
        Path file = new Path(folder, name);
        if (files.exists(file)) {
          throw new JobException(
              ExitCode.IO,
              "--output: " + file + " is there already; name another folder or add --overwrite");
        }
      }
      if (!files.mkdirs(folder)) {
        throw new IOException("the folder cannot be made");
      }
      return new ReportFolder(files, files.makeQualified(folder));
    } catch (JobException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Hadoop throws a RuntimeException where the class of a file system is missing.
      throw unwritable(path, e);
    }
  }

  /** Writes the text of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(Writer out) throws IOException;
  }

  /** Writes a file and gives its full path. */
  String write(String name, Content content) {
    Path file = new Path(folder, name);
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(files.create(file, true), StandardCharsets.UTF_8))) {
      content.writeTo(out);
    } catch (IOException e) {
      throw unwritable(file.toString(), e);
    }
    return file.toString();
  }

  private static JobException unwritable(String path, Exception cause) {
    return new JobException(
        ExitCode.IO, "--output: cannot write " + path + ": " + Messages.cause(cause), cause);
  }
}
