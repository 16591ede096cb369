// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that a table format keeps. Read file by file it gives rows that were removed too.
 *
 * @param format Delta, Iceberg or Hudi
 * @param root the folder of the table
 * @param read the folder that is to be read: the table's, or one in it
 */
record TableFolder(TableFormat format, Path root, Path read) {

  /**
   * The table that a path names or lies in, as far as the file system lets us see; none for files.
   *
   * @param path may be a pattern, of which the first such folder counts
   */
  static Optional<TableFolder> of(String path, Configuration conf) {
    try {
      Path given = new Path(path);
      FileSystem files = given.getFileSystem(conf);
      FileStatus[] found = files.globStatus(given);
      for (FileStatus entry : found == null ? new FileStatus[0] : found) {
        Optional<TableFolder> table =
            entry.isDirectory() ? around(files, entry.getPath()) : Optional.empty();
        if (table.isPresent()) {
          return table;
        }
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // Whoever reads the path says what is wrong with it.
      return Optional.empty();
    }
  }

  private static Optional<TableFolder> around(FileSystem files, Path folder) {
    try {
      for (Path root = folder; root != null; root = root.getParent()) {
        for (TableFormat format : TableFormat.values()) {
          if (format.isIn(files, root)) {
            return Optional.of(new TableFolder(format, root, folder));
          }
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      // Folders further up need not be open to us.
      return Optional.empty();
    }
  }

  boolean isWhole() {
    return root.equals(read);
  }
}
