// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * States whose bytes are changed and whose checksum is made right again. Whoever reads them either
 * does or refuses, in little time and memory.
 */
public final class ForgedStates {

  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_NANOS = 1_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final List<byte[]> states;
  private final Random random;

  /**
   * Forgeries of states.
   *
   * @param states the most often forged first
   */
  public ForgedStates(List<byte[]> states, long seed) {
    this.states = states;
    random = new Random(seed);
  }

  /**
   * Lets a reader read so many forgeries, each of one to three changes.
   *
   * @param reader throws an {@link IllegalArgumentException} with a message where it refuses
   */
  public void check(int mutations, Consumer<byte[]> reader) {
    for (int i = 0; i < mutations; i++) {
      int place = Math.min(random.nextInt(states.size()), random.nextInt(states.size()));
      byte[] forged = states.get(place).clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        forged = mutated(forged, states);
      }
      check(i, mended(forged), reader);
    }
  }

  private static void check(int mutation, byte[] forged, Consumer<byte[]> reader) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      reader.accept(forged);
    } catch (IllegalArgumentException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), "mutation " + mutation);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("mutation " + mutation, e);
    }
    long nanos = THREADS.getCurrentThreadCpuTime() - start;
    long allocated = THREADS.getThreadAllocatedBytes(thread) - bytes;
    assertTrue(allocated < MOST_BYTES, "mutation " + mutation + " allocates " + allocated);
    assertTrue(nanos < MOST_NANOS, "mutation " + mutation + " takes " + nanos + " ns");
  }

  /**
   * The bytes with one change.
   *
   * @param others of which a piece may be put into them
   */
  private byte[] mutated(byte[] state, List<byte[]> others) {
    byte[] changed = state.clone();
    int at = random.nextInt(changed.length - 8);
    switch (random.nextInt(8)) {
      case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> changed[at] = (byte) random.nextInt(256);
      case 2 -> ByteBuffer.wrap(changed).putInt(at, extremeInt());
      case 3 -> ByteBuffer.wrap(changed).putLong(at, extremeLong());
      case 4 ->
          Arrays.fill(changed, at, Math.min(changed.length, at + 1 + random.nextInt(40)), (byte) 0);
      case 5 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        int from = random.nextInt(other.length);
        int length =
            Math.min(random.nextInt(200), Math.min(other.length - from, changed.length - at));
        System.arraycopy(other, from, changed, at, length);
      }
      case 6 -> changed = without(changed, at, 1 + random.nextInt(7));
      default -> changed = with(changed, at, 1 + random.nextInt(7));
    }
    return changed;
  }

  private int extremeInt() {
    return switch (random.nextInt(4)) {
      case 0 -> -1;
      case 1 -> Integer.MAX_VALUE - random.nextInt(3);
      case 2 -> Integer.MIN_VALUE;
      default -> 1 << random.nextInt(31);
    };
  }

  private long extremeLong() {
    return switch (random.nextInt(5)) {
      case 0 -> -1;
      case 1 -> Long.MAX_VALUE - random.nextInt(3);
      case 2 -> Long.MIN_VALUE;
      case 3 -> Double.doubleToRawLongBits(random.nextBoolean() ? Double.NaN : -1e300);
      default -> 1L << random.nextInt(63);
    };
  }

  private static byte[] without(byte[] bytes, int at, int length) {
    byte[] shorter = new byte[bytes.length - length];
    System.arraycopy(bytes, 0, shorter, 0, at);
    System.arraycopy(bytes, at + length, shorter, at, shorter.length - at);
    return shorter;
  }

  private byte[] with(byte[] bytes, int at, int length) {
    byte[] longer = new byte[bytes.length + length];
    random.nextBytes(longer);
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(bytes, at, longer, at + length, bytes.length - at);
    return longer;
  }

  /** With the checksum that the bytes have now. */
  private static byte[] mended(byte[] forged) {
    CRC32C checksum = new CRC32C();
    checksum.update(forged, 0, forged.length - Integer.BYTES);
    ByteBuffer.wrap(forged).putInt(forged.length - Integer.BYTES, (int) checksum.getValue());
    return forged;
  }
}
