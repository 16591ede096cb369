// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.sparklosses.exact.Lengths;

/**
 * A stored state: what it is a state of, as text, and the state itself.
 *
 * <p>Layout, numbers big-endian: {@code int magic} (0x534C4556, "SLEV"), {@code byte version},
 * {@code UTF library} (two bytes of length, modified UTF-8: the version of the library that wrote
 * it), {@code int lines}, each line as {@code UTF}, {@code byte state[length]}, zeros where a line
 * says {@code size=} and fewer bytes are needed, {@code int length}, {@code int checksum} (CRC-32C
 * of all bytes before it). What comes before {@code lines}, and the checksum, is the same in every
 * version from 6 on.
 *
 * <p>A version is the number of a layout. The library reads those from {@link #LEAST_VERSION} to
 * {@link #VERSION}, and writes the last.
 */
public final class StateBytes {

  /** The layout that is written. */
  public static final byte VERSION = 6;

  /** The oldest layout that is read. */
  public static final byte LEAST_VERSION = 6;

  /** The version of this library. */
  public static final String LIBRARY = "0.1.0";

  /** Begins the line that says how many bytes there are. */
  public static final String SIZE = "size=";

  /** The first layout that names the library that wrote it. */
  private static final byte FIRST_NAMED_VERSION = 6;

  private static final int MAGIC = 0x534C4556;
  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final int TRAILER_BYTES = Integer.BYTES + CHECKSUM_BYTES;

  private final List<String> declaration;
  private final byte[] bytes;
  private final int from;
  private final int length;

  private StateBytes(List<String> declaration, byte[] bytes, int from, int length) {
    this.declaration = declaration;
    this.bytes = bytes;
    this.from = from;
    this.length = length;
  }

  /** Lines of the form {@code key=value}. */
  public List<String> declaration() {
    return declaration;
  }

  /** The state. */
  public DataInputStream open() {
    return new DataInputStream(new ByteArrayInputStream(bytes, from, length));
  }

  /**
   * The bytes of a state.
   *
   * @param declaration lines of the form {@code key=value}
   * @throws IllegalArgumentException if they are more than the declaration allows
   * @throws EvaluationException if they are more than an array holds
   */
  public static byte[] of(List<String> declaration, ByteChunks.Content state) {
    ByteChunks chunks = new ByteChunks();
    try (DataOutputStream out = new DataOutputStream(chunks)) {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeUTF(LIBRARY);
      out.writeInt(declaration.size());
      for (String line : declaration) {
        out.writeUTF(line);
      }
      long from = chunks.size();
      state.writeTo(out);
      long length = chunks.size() - from;
      out.write(new byte[padding(size(declaration), chunks.size() + TRAILER_BYTES)]);
      out.writeInt((int) length);
      out.writeInt(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = chunks.toBytes();
    ByteBuffer.wrap(bytes).putInt(bytes.length - CHECKSUM_BYTES, checksum(bytes));
    return bytes;
  }

  /** The bytes that a state declares it takes; 0 if it declares none. */
  public static int size(List<String> declaration) {
    return declaration.stream()
        .filter(line -> line.startsWith(SIZE))
        .mapToInt(line -> Integer.parseInt(line, SIZE.length(), line.length(), 10))
        .findFirst()
        .orElse(0);
  }

  /** How many zeros are needed where so many bytes are. */
  private static int padding(int size, long needed) {
    if (size > 0 && needed > size) {
      throw new IllegalArgumentException(
          "an evaluation state takes %d bytes, more than the option 'size=%d' allows; give a larger"
                  .formatted(needed, size)
              + " size, or none");
    }
    return size > 0 ? (int) (size - needed) : 0;
  }

  /** Of all bytes but the last, which hold it. */
  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - CHECKSUM_BYTES);
    return (int) crc.getValue();
  }

  /**
   * Reads what {@link #of(List, ByteChunks.Content)} gave.
   *
   * @throws IllegalArgumentException if the bytes are no state, of a version that is not read, cut
   *     off or damaged
   */
  public static StateBytes of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(bytes, in);
    } catch (IOException e) {
      String problem = e instanceof EOFException ? "they end too early" : e.getMessage();
      throw new IllegalArgumentException(
          "no evaluation state in these " + bytes.length + " bytes: " + problem, e);
    }
  }

  private static StateBytes read(byte[] bytes, DataInputStream in) throws IOException {
    int magic = in.readInt();
    if (magic != MAGIC) {
      throw new StreamCorruptedException("they start with %08x, not %08x".formatted(magic, MAGIC));
    }
    checkVersion(in);
    if (bytes.length < TRAILER_BYTES) {
      throw new EOFException();
    }
    ByteBuffer trailer = ByteBuffer.wrap(bytes, bytes.length - TRAILER_BYTES, TRAILER_BYTES);
    int length = trailer.getInt();
    if (trailer.getInt() != checksum(bytes)) {
      throw new StreamCorruptedException("their checksum is wrong, they are damaged or cut off");
    }
    List<String> declaration = new ArrayList<>();
    int lines = Lengths.read("lines", bytes.length, in);
    for (int i = 0; i < lines; i++) {
      declaration.add(in.readUTF());
    }
    int from = bytes.length - in.available();
    long padding = (long) in.available() - TRAILER_BYTES - length;
    boolean isPadded = declaration.contains(SIZE + bytes.length);
    if (length < 0 || padding < 0 || (padding > 0 && !isPadded)) {
      throw new StreamCorruptedException(
          "a state of %d bytes should follow, %d bytes do"
              .formatted(length, in.available() - TRAILER_BYTES));
    }
    return new StateBytes(declaration, bytes, from, length);
  }

  /** Reads version and library. */
  private static void checkVersion(DataInputStream in) throws IOException {
    int version = in.readUnsignedByte();
    String library = version < FIRST_NAMED_VERSION ? "" : in.readUTF();
    if (version < LEAST_VERSION) {
      throw new StreamCorruptedException(
          unreadable(version, library.isEmpty() ? "a build before 0.1.0" : named(library), "old")
              + "; evaluate their rows anew");
    }
    if (version > VERSION) {
      throw new StreamCorruptedException(
          unreadable(version, named(library), "new")
              + "; read them with %s or later".formatted(library));
    }
  }

  private static String named(String library) {
    return "spark-losses " + library;
  }

  private static String unreadable(int version, String writer, String age) {
    return "their layout %d, of %s, is too %s for %s, which reads layouts %d to %d"
        .formatted(version, writer, age, named(LIBRARY), LEAST_VERSION, VERSION);
  }
}
