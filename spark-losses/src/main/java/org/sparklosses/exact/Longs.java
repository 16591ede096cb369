// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Arrays of longs on a stream: the bytes of {@link DataOutput#writeLong} for each, many at once.
 */
public final class Longs {

  /** So many values are converted at once. */
  private static final int AT_ONCE = 1 << 10;

  private Longs() {}

  /** Writes the first {@code count} of the values. */
  public static void write(long[] values, int count, DataOutput out) throws IOException {
    byte[] bytes = new byte[Math.min(count, AT_ONCE) * Long.BYTES];
    for (int from = 0; from < count; from += AT_ONCE) {
      int n = Math.min(AT_ONCE, count - from);
      ByteBuffer.wrap(bytes).asLongBuffer().put(values, from, n);
      out.write(bytes, 0, n * Long.BYTES);
    }
  }

  /**
   * Reads so many values. The count may be any number, as one that was read: no more is allocated
   * than a few times what the stream holds.
   *
   * @throws IOException if there are fewer, or the count is none of an array
   */
  public static long[] read(long count, DataInput in) throws IOException {
    Lengths.check("numbers", count, Integer.MAX_VALUE);
    long[] values = new long[(int) Math.min(count, AT_ONCE)];
    byte[] bytes = new byte[values.length * Long.BYTES];
    for (int from = 0; from < count; from += AT_ONCE) {
      int n = (int) Math.min(AT_ONCE, count - from);
      in.readFully(bytes, 0, n * Long.BYTES);
      if (from + n > values.length) {
        values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
      }
      ByteBuffer.wrap(bytes).asLongBuffer().get(values, from, n);
    }
    return values;
  }
}
