package org.sparklosses.evaluate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A stored state: what it is a state of, as text, and the state itself.
 *
 * <p>Layout, numbers big-endian: {@code int magic} (0x534C4556, "SLEV"), {@code byte version},
 * {@code int lines}, each line as {@code UTF} (two bytes of length, modified UTF-8), {@code int
 * length}, {@code byte state[length]}, zeros where a line says {@code size=} and fewer bytes are
 * needed, {@code int checksum} (CRC-32C of all bytes before it).
 *
 * @param declaration lines of the form {@code key=value}
 * @param state the state
 */
// The bytes are written and read once; nobody else holds them.
@SuppressWarnings("ArrayRecordComponent")
record StateBytes(List<String> declaration, byte[] state) {

  static final byte VERSION = 5;

  /** Begins the line that says how many bytes there are. */
  static final String SIZE = "size=";

  private static final int MAGIC = 0x534C4556;
  private static final int CHECKSUM_BYTES = 4;

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeByte(VERSION);
      out.writeInt(declaration.size());
      for (String line : declaration) {
        out.writeUTF(line);
      }
      out.writeInt(state.length);
      out.write(state);
      out.write(new byte[padding(out.size())]);
      byte[] written = bytes.toByteArray();
      out.writeInt(checksum(written, written.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The bytes that a state declares it takes; 0 if it declares none. */
  static int size(List<String> declaration) {
    return declaration.stream()
        .filter(line -> line.startsWith(SIZE))
        .mapToInt(line -> Integer.parseInt(line.substring(SIZE.length())))
        .findFirst()
        .orElse(0);
  }

  /** How many zeros follow so many bytes, before the checksum. */
  private int padding(int written) {
    int size = size(declaration);
    int needed = written + CHECKSUM_BYTES;
    if (size > 0 && needed > size) {
      throw new IllegalArgumentException(
          "an evaluation state takes %d bytes, more than the option 'size=%d' allows; give a larger"
                  .formatted(needed, size)
              + " size, or none");
    }
    return size > 0 ? size - needed : 0;
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IllegalArgumentException if the bytes are no state, of another version, cut off or
   *     damaged
   */
  static StateBytes of(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return read(bytes, in);
    } catch (IOException e) {
      String problem = e.getMessage() == null ? "they end too early" : e.getMessage();
      throw new IllegalArgumentException(
          "no evaluation state in these " + bytes.length + " bytes: " + problem, e);
    }
  }

  private static StateBytes read(byte[] bytes, DataInputStream in) throws IOException {
    int magic = in.readInt();
    if (magic != MAGIC) {
      throw new IOException("they start with %08x, not %08x".formatted(magic, MAGIC));
    }
    byte version = in.readByte();
    if (version != VERSION) {
      throw new IOException("they are of version " + version + ", this library reads " + VERSION);
    }
    int lines = in.readInt();
    List<String> declaration = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      declaration.add(in.readUTF());
    }
    int length = in.readInt();
    int size = size(declaration);
    boolean isWhole =
        size > 0
            ? bytes.length == size && in.available() >= (long) length + CHECKSUM_BYTES
            : in.available() == (long) length + CHECKSUM_BYTES;
    if (length < 0 || !isWhole) {
      throw new IOException(
          "a state of %d bytes and its checksum should follow, %d bytes do"
              .formatted(length, in.available()));
    }
    byte[] state = in.readNBytes(length);
    in.skipNBytes(in.available() - CHECKSUM_BYTES);
    int checksum = in.readInt();
    if (checksum != checksum(bytes, bytes.length - CHECKSUM_BYTES)) {
      throw new IOException("their checksum is wrong, they are damaged");
    }
    return new StateBytes(declaration, state);
  }
}
