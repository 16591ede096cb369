// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.exact.Mergeable;

/**
 * Bytes as they are written, in pieces that stay where they are: all are copied once, into an array
 * of just their number.
 */
public final class ByteChunks extends OutputStream {

  /** A few bytes less than the largest array of any JVM. */
  private static final int MOST = Integer.MAX_VALUE - 16;

  private static final int FIRST_CHUNK = 1 << 9;
  private static final int LARGEST_CHUNK = 1 << 20;

  private final List<byte[]> full = new ArrayList<>();
  private byte[] chunk = new byte[FIRST_CHUNK];
  private int used;
  private long before;

  /** Writes something. */
  @FunctionalInterface
  public interface Content {
    void writeTo(DataOutput out) throws IOException;
  }

  /**
   * The bytes of some content.
   *
   * @throws EvaluationException if they are more than an array holds
   */
  public static byte[] of(Content content) {
    ByteChunks chunks = new ByteChunks();
    try (DataOutputStream out = new DataOutputStream(chunks)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return chunks.toBytes();
  }

  /** Reads what {@link Mergeable#write} wrote into something of no rows, and gives that. */
  public static <S extends Mergeable<S>> S read(byte[] bytes, S empty) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      empty.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return empty;
  }

  @Override
  public void write(int b) {
    if (used == chunk.length) {
      next();
    }
    chunk[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    for (int written = 0; written < length; ) {
      if (used == chunk.length) {
        next();
      }
      int part = Math.min(length - written, chunk.length - used);
      System.arraycopy(bytes, from + written, chunk, used, part);
      used += part;
      written += part;
    }
  }

  private void next() {
    full.add(chunk);
    before += used;
    if (before + LARGEST_CHUNK > MOST) {
      throw EvaluationException.stateTooLarge();
    }
    chunk = new byte[(int) Math.max(FIRST_CHUNK, Math.min(before, LARGEST_CHUNK))];
    used = 0;
  }

  /** How many bytes were written. */
  public long size() {
    return before + used;
  }

  /** All that was written. */
  public byte[] toBytes() {
    byte[] bytes = new byte[(int) size()];
    int at = 0;
    for (byte[] piece : full) {
      System.arraycopy(piece, 0, bytes, at, piece.length);
      at += piece.length;
    }
    System.arraycopy(chunk, 0, bytes, at, used);
    return bytes;
  }
}
