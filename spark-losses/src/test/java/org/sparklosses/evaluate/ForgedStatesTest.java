package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/**
 * States whose bytes were changed and whose checksum was made right again: they are read or
 * refused, in little time and memory, and so are all metrics of what is read.
 */
class ForgedStatesTest {

  private static final int MUTATIONS = 20_000;
  private static final long MOST_BYTES = 64L << 20;
  private static final long MOST_NANOS = 1_000_000_000L;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Random random = new Random(15);
  private int read;
  private int answered;

  /** The most often forged first. */
  private static List<byte[]> states() {
    return List.of(
        StoredStates.of(60, 3, null, "", 2),
        StoredStates.of(40, 3, "w", "classes=3; size=20000", 2),
        StoredStates.of(0, 3, null, "", 2),
        StoredStates.of(25, 2, "w", "metrics=" + String.join(",", StoredStates.everyMetric(2)), 2),
        StoredStates.of(30, 4, null, "metrics=" + String.join(",", StoredStates.everyMetric(4)), 2),
        StoredStates.of(
            10_100,
            2,
            null,
            "metrics=score_distribution(of=positive),roc_auc(of=positive),confusion_matrix",
            1e-3));
  }

  @Test
  void areReadOrRefusedInLittleTimeAndMemory() {
    List<byte[]> states = states();
    states.forEach(state -> EvaluationState.of(state).result());
    for (int i = 0; i < MUTATIONS; i++) {
      int place = Math.min(random.nextInt(states.size()), random.nextInt(states.size()));
      byte[] forged = states.get(place).clone();
      for (int change = random.nextInt(3); change >= 0; change--) {
        forged = mutated(forged, states);
      }
      check(i, mended(forged));
    }
    assertTrue(read > MUTATIONS / 20, read + " were read");
    assertTrue(answered > MUTATIONS / 40, answered + " gave metrics");
  }

  private void check(int mutation, byte[] forged) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long start = THREADS.getCurrentThreadCpuTime();
    try {
      EvaluationState state = EvaluationState.of(forged);
      read++;
      state.result();
      answered++;
      state.merge(state);
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
