package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Blocks of longs on a stream: the bytes of {@link DataOutput#writeLong} for each, at once. */
public final class Longs {

  private Longs() {}

  /** Writes the first {@code count} of the values. */
  public static void write(long[] values, int count, DataOutput out) throws IOException {
    byte[] bytes = new byte[count * Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().put(values, 0, count);
    out.write(bytes);
  }

  /** Reads so many values. */
  public static long[] read(int count, DataInput in) throws IOException {
    byte[] bytes = new byte[count * Long.BYTES];
    in.readFully(bytes);
    long[] values = new long[count];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }
}
