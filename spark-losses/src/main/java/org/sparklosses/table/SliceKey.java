// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.sparklosses.exact.Lengths;

/** The values of the columns of a slice, as text; null for SQL NULL. */
public final class SliceKey implements Comparable<SliceKey> {

  private static final Comparator<UTF8String> NULLS_FIRST =
      Comparator.nullsFirst(Comparator.naturalOrder());

  private final UTF8String[] values;

  /** Of so many values, all of them NULL. */
  public SliceKey(int columns) {
    this(new UTF8String[columns]);
  }

  private SliceKey(UTF8String[] values) {
    this.values = values;
  }

  void set(int column, UTF8String value) {
    values[column] = value;
  }

  /** The values as text, or null, by the names of their columns. */
  public Map<String, String> named(List<String> columns) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int c = 0; c < values.length; c++) {
      named.put(columns.get(c), values[c] == null ? null : values[c].toString());
    }
    return named;
  }

  /** A key that outlives the row that its values are views of. */
  SliceKey copy() {
    UTF8String[] copies = new UTF8String[values.length];
    for (int i = 0; i < values.length; i++) {
      copies[i] = values[i] == null ? null : values[i].copy();
    }
    return new SliceKey(copies);
  }

  @Override
  public int compareTo(SliceKey other) {
    return Arrays.compare(values, other.values, NULLS_FIRST);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliceKey key && Arrays.equals(values, key.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** Layout: of each value whether it is there, {@code int bytes} and the bytes in UTF-8. */
  void write(DataOutput out) throws IOException {
    for (UTF8String value : values) {
      out.writeBoolean(value != null);
      if (value != null) {
        out.writeInt(value.numBytes());
        out.write(value.getBytes());
      }
    }
  }

  static SliceKey read(int columns, DataInput in) throws IOException {
    SliceKey key = new SliceKey(columns);
    for (int i = 0; i < columns; i++) {
      if (in.readBoolean()) {
        key.values[i] = UTF8String.fromBytes(Lengths.readBytes(in));
      }
    }
    return key;
  }
}
