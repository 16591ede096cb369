// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * Lengths on a stream that may be damaged or forged: each is checked before anything is made of it.
 */
public final class Lengths {

  /** So many bytes are allocated before the first is read. */
  private static final int FIRST_BYTES = 1 << 10;

  private Lengths() {}

  /**
   * Reads an {@code int} that counts something.
   *
   * @param what is counted, for the message
   * @param most how many there can be
   * @throws IOException if it is negative or more than that
   */
  public static int read(String what, long most, DataInput in) throws IOException {
    int length = in.readInt();
    check(what, length, most);
    return length;
  }

  /**
   * Reads an {@code int} that counts something of which there must be so many.
   *
   * @param what is counted, for the message
   * @throws IOException if it is another number
   */
  public static void readExpected(String what, long expected, DataInput in) throws IOException {
    int length = in.readInt();
    if (length != expected) {
      throw new StreamCorruptedException(
          "%d %s where there must be %d".formatted(length, what, expected));
    }
  }

  /**
   * Checks a number of something.
   *
   * @throws IOException if it is negative or more than the most
   */
  static void check(String what, long length, long most) throws IOException {
    if (length < 0 || length > most) {
      throw new StreamCorruptedException(
          "%d %s where there can be %d".formatted(length, what, most));
    }
  }

  /**
   * Reads {@code int length, byte bytes[length]}. No more is allocated than a few times what the
   * stream holds.
   *
   * @throws IOException if there are fewer
   */
  public static byte[] readBytes(DataInput in) throws IOException {
    int length = read("bytes", Integer.MAX_VALUE, in);
    byte[] bytes = new byte[Math.min(length, FIRST_BYTES)];
    in.readFully(bytes);
    while (bytes.length < length) {
      int read = bytes.length;
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
      in.readFully(bytes, read, bytes.length - read);
    }
    return bytes;
  }
}
