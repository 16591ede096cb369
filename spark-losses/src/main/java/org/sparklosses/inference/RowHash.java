// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A 64-bit hash of a row's key. It is XXH64 (Collet, xxHash specification 0.1.1) of the key's
 * bytes: a whole number as 8 bytes, little-endian; text as UTF-8. A key of several parts is hashed
 * part by part, the hash so far being the seed of the next.
 *
 * <p>So the hash is the same on every machine, can be had in any language, and with the seed 42 is
 * what Spark SQL's {@code xxhash64} gives for BIGINT, STRING and BINARY columns.
 */
public final class RowHash {

  /** The seed unless another is asked for: that of Spark SQL's {@code xxhash64}. */
  public static final long DEFAULT_SEED = 42;

  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;

  private static final int STRIPE = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private RowHash() {}

  /** The hash of a whole number. */
  public static long of(long key, long seed) {
    return finish(addLong(seed + PRIME_5 + Long.BYTES, key));
  }

  /** The hash of text. */
  public static long of(String key, long seed) {
    return of(key.getBytes(StandardCharsets.UTF_8), seed);
  }

  /** The hash of bytes. */
  public static long of(byte[] key, long seed) {
    int at = 0;
    long hash = seed + PRIME_5;
    if (key.length >= STRIPE) {
      long[] lanes = {seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1};
      for (; at <= key.length - STRIPE; at += STRIPE) {
        for (int lane = 0; lane < lanes.length; lane++) {
          lanes[lane] = round(lanes[lane], (long) LONGS.get(key, at + lane * Long.BYTES));
        }
      }
      hash = converged(lanes);
    }
    hash += key.length;
    for (; at <= key.length - Long.BYTES; at += Long.BYTES) {
      hash = addLong(hash, (long) LONGS.get(key, at));
    }
    if (at <= key.length - Integer.BYTES) {
      hash ^= Integer.toUnsignedLong((int) INTS.get(key, at)) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
      at += Integer.BYTES;
    }
    for (; at < key.length; at++) {
      hash = Long.rotateLeft(hash ^ Byte.toUnsignedLong(key[at]) * PRIME_5, 11) * PRIME_1;
    }
    return finish(hash);
  }

  private static long converged(long[] lanes) {
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }

  private static long addLong(long hash, long input) {
    return Long.rotateLeft(hash ^ round(0, input), 27) * PRIME_1 + PRIME_4;
  }

  private static long finish(long hash) {
    long h = (hash ^ (hash >>> 33)) * PRIME_2;
    h = (h ^ (h >>> 29)) * PRIME_3;
    return h ^ (h >>> 32);
  }
}
