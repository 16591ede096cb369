// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The frame of a map that is stored.
 *
 * <p>Layout, numbers big-endian: {@code int magic} (0x534C434D, "SLCM"), {@code byte version}, what
 * {@link ClassMap#write} writes, {@code int checksum} (CRC-32C of all bytes before it). Magic,
 * version and checksum are the same in every version.
 */
final class MapBytes {

  /** The layout that is written, and the only one there is. */
  static final byte VERSION = 1;

  private static final int MAGIC = 0x534C434D;
  private static final int HEAD_BYTES = Integer.BYTES + Byte.BYTES;

  private MapBytes() {}

  /** What is stored. */
  @FunctionalInterface
  interface Content {
    /** Writes it. */
    void writeTo(DataOutput out) throws IOException;
  }

  /** The bytes of a map. */
  static byte[] of(Content map) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      map.writeTo(out);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * What was stored, up to the checksum.
   *
   * @throws IOException if the bytes are of something else or of a layout that is not read, cut off
   *     or damaged
   */
  static DataInputStream open(byte[] bytes) throws IOException {
    if (bytes.length < HEAD_BYTES + Integer.BYTES) {
      throw new StreamCorruptedException("they are too few");
    }
    ByteBuffer head = ByteBuffer.wrap(bytes);
    int magic = head.getInt();
    if (magic != MAGIC) {
      throw new StreamCorruptedException("they start with %08x, not %08x".formatted(magic, MAGIC));
    }
    int length = bytes.length - Integer.BYTES;
    if (head.getInt(length) != checksum(bytes, length)) {
      throw new StreamCorruptedException("their checksum is wrong, they are damaged or cut off");
    }
    int version = head.get() & 0xFF;
    if (version != VERSION) {
      throw new StreamCorruptedException(
          "their layout %d is not the one that is read, %d; use the spark-losses that wrote them"
              .formatted(version, VERSION));
    }
    return new DataInputStream(new ByteArrayInputStream(bytes, HEAD_BYTES, length - HEAD_BYTES));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
