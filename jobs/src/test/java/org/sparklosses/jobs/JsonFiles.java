// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;

/** Values as files of JSON. */
final class JsonFiles {

  private JsonFiles() {}

  static void write(Path file, Object value) throws IOException {
    new ObjectMapper().writeValue(file.toFile(), value);
  }
}
