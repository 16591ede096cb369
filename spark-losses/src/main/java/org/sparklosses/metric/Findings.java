// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.EnumMap;
import java.util.Map;
import org.sparklosses.exact.Lengths;

/**
 * How many rows were found to be what.
 *
 * <p>Layout when written: {@code int findings}, name in {@code UTF} and {@code long} count of each.
 */
public final class Findings {

  private final Map<InputCheck, Long> counts = new EnumMap<>(InputCheck.class);

  /** Adds so many rows. */
  public void add(InputCheck check, long rows) {
    if (rows > 0) {
      counts.merge(check, rows, Long::sum);
    }
  }

  /** Adds the rows of another. */
  public void merge(Findings other) {
    other.counts.forEach(this::add);
  }

  /** The rows by finding; a finding that is absent was not made. Not to be changed. */
  public Map<InputCheck, Long> counts() {
    return counts;
  }

  /** Writes the counts. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<InputCheck, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
  }

  /**
   * Reads what {@link #write} wrote into this, which has none.
   *
   * @throws IOException if it is no such thing
   */
  public void read(DataInput in) throws IOException {
    InputCheck[] all = InputCheck.values();
    int findings = Lengths.read("findings", all.length, in);
    for (int i = 0; i < findings; i++) {
      InputCheck check = named(in.readUTF(), all);
      long rows = in.readLong();
      if (rows <= 0) {
        throw new StreamCorruptedException(rows + " rows with the finding " + check);
      }
      add(check, rows);
    }
  }

  private static InputCheck named(String name, InputCheck[] all) throws IOException {
    for (InputCheck check : all) {
      if (check.name().equals(name)) {
        return check;
      }
    }
    throw new StreamCorruptedException("'" + name + "' is no finding of rows");
  }
}
