package org.sparklosses.metric;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * Numbers keys in the order of their first use: small ones by a table of their own, the others by a
 * hash table with open addressing.
 */
final class KeyIndex {

  private static final int FREE = -1;

  /** Keys in [-2^15, 2^15) are small. */
  private static final int SMALL_BITS = 16;

  private static final long HALF = 1L << (SMALL_BITS - 1);

  private static final int[] NONE = new int[0];

  private long[] keys;
  private int used;

  /**
   * Small key to number, or FREE; as long as the largest small key asks for. Key k is at 2k, or at
   * -2k - 1 when it is negative.
   */
  private int[] small = NONE;

  /** Table slot to number, or FREE; linear probing, at most half full. Empty without large keys. */
  private int[] table = NONE;

  /**
   * An index of no keys.
   *
   * @param capacity the keys it has room for at first, a power of 2
   */
  KeyIndex(int capacity) {
    keys = new long[capacity];
  }

  private static int[] newTable(int size) {
    int[] table = new int[size];
    Arrays.fill(table, FREE);
    return table;
  }

  /** The number of a key; the next free one when it had none. */
  int of(long key) {
    if (!isSmall(key)) {
      return ofLarge(key);
    }
    int place = (int) ((key << 1) ^ (key >> (Long.SIZE - 1)));
    return place < small.length && small[place] != FREE ? small[place] : addSmall(place, key);
  }

  private static boolean isSmall(long key) {
    return (key + HALF) >>> SMALL_BITS == 0;
  }

  private int addSmall(int place, long key) {
    if (place >= small.length) {
      int length = small.length;
      small = Arrays.copyOf(small, Math.max(16, 2 * Integer.highestOneBit(place)));
      Arrays.fill(small, length, small.length, FREE);
    }
    int number = append(key);
    small[place] = number;
    return number;
  }

  private int ofLarge(long key) {
    if (table.length == 0) {
      table = newTable(2 * keys.length);
    }
    int slot = slot(key);
    if (table[slot] != FREE) {
      return table[slot];
    }
    int number = append(key);
    table[slot(key)] = number;
    return number;
  }

  private int append(long key) {
    if (used == keys.length) {
      grow();
    }
    keys[used] = key;
    return used++;
  }

  private int slot(long key) {
    int mask = table.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (table[slot] != FREE && keys[table[slot]] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * keys.length);
    if (table.length == 0) {
      return;
    }
    table = newTable(2 * keys.length);
    for (int i = 0; i < used; i++) {
      if (!isSmall(keys[i])) {
        table[slot(keys[i])] = i;
      }
    }
  }

  /**
   * Checks keys that were written by {@link #sortedKeys}.
   *
   * @param end all keys are in [0, end)
   * @throws IOException if they are not distinct, ascending and in that range
   */
  static void checkAscending(long[] sorted, long end) throws IOException {
    long last = -1;
    for (long key : sorted) {
      if (key <= last || key >= end) {
        throw new StreamCorruptedException(
            "key %d after %d, of keys that ascend and are below %d".formatted(key, last, end));
      }
      last = key;
    }
  }

  /** How many keys there are. */
  int size() {
    return used;
  }

  /** How many keys there is room for before it grows. */
  int capacity() {
    return keys.length;
  }

  /** The key of a number. */
  long key(int i) {
    return keys[i];
  }

  /** The keys, ascending. */
  long[] sortedKeys() {
    long[] sorted = Arrays.copyOf(keys, used);
    Arrays.sort(sorted);
    return sorted;
  }
}
