// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * Numbers keys in the order of their first use: small ones by a table of their own, in which keys
 * that are close are close in memory, the others by a hash table with open addressing.
 */
public final class KeyIndex {

  private static final int FREE = -1;

  /** Keys in [-2^15, 2^15) are small. */
  private static final int HALF = 1 << 15;

  /** The table of small keys holds the numbers below. */
  private static final int MOST_SMALL = Character.MAX_VALUE;

  private static final int FEWEST_SMALL = 16;

  private static final int[] NONE = new int[0];

  private long[] keys;
  private int used;

  /** Of key k, at k - {@link #first}, its number plus 1, or 0 for none; as long as keys ask for. */
  private char[] small = {};

  private int first;

  /** Table slot to number, or FREE; linear probing, at most half full. Empty without large keys. */
  private int[] table = NONE;

  /**
   * An index of no keys.
   *
   * @param capacity the keys it has room for at first, a power of 2
   */
  public KeyIndex(int capacity) {
    keys = new long[capacity];
  }

  private static int[] newTable(int size) {
    int[] table = new int[size];
    Arrays.fill(table, FREE);
    return table;
  }

  /** The number of a key; the next free one when it had none. */
  public int of(long key) {
    long place = key - first;
    if (place >= 0 && place < small.length) {
      int next = small[(int) place];
      if (next > 0) {
        return next - 1;
      }
    }
    return isSmall(key) && used < MOST_SMALL ? addSmall((int) key) : ofLarge(key);
  }

  private static boolean isSmall(long key) {
    return key >= -HALF && key < HALF;
  }

  private int addSmall(int key) {
    if (key < first || key >= first + small.length) {
      makeRoom(key);
    }
    int number = append(key);
    small[key - first] = (char) (number + 1);
    return number;
  }

  /** Lengthens the table of small keys, at least twofold, towards a key beyond it. */
  private void makeRoom(int key) {
    if (small.length == 0) {
      first = Math.max(-HALF, key - FEWEST_SMALL / 2);
      small = new char[FEWEST_SMALL];
      return;
    }
    int end = first + small.length;
    int length = 2 * Integer.highestOneBit(Math.max(end, key + 1) - Math.min(first, key));
    int newFirst = key < first ? Math.max(-HALF, end - length) : first;
    char[] longer = new char[length];
    System.arraycopy(small, 0, longer, first - newFirst, small.length);
    first = newFirst;
    small = longer;
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
      if (!isSmall(keys[i]) || i >= MOST_SMALL) {
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
  public static void checkAscending(long[] sorted, long end) throws IOException {
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
  public int size() {
    return used;
  }

  /** How many keys there is room for before it grows. */
  public int capacity() {
    return keys.length;
  }

  /** The key of a number. */
  public long key(int i) {
    return keys[i];
  }

  /** The keys, ascending. */
  public long[] sortedKeys() {
    long[] sorted = Arrays.copyOf(keys, used);
    Arrays.sort(sorted);
    return sorted;
  }
}
