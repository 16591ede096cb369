// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassMap;

/** The maps that a task met, by their bytes: each is read once. Safe for use from many threads. */
final class MapCache {

  /** So many are kept, those that were used last. */
  private static final int MOST = 64;

  private final Map<Key, ClassMap> maps = new Recent();

  /** Immutable, so that no thread sees the bytes of one map and another. */
  private Entry last = new Entry(new byte[0], null);

  /**
   * The map that bytes hold.
   *
   * @throws IllegalArgumentException if they hold none
   */
  ClassMap map(byte[] bytes) {
    Entry entry = last;
    if (entry.map == null || !(entry.bytes == bytes || Arrays.equals(entry.bytes, bytes))) {
      entry = new Entry(bytes, find(bytes));
      last = entry;
    }
    return entry.map;
  }

  private synchronized ClassMap find(byte[] bytes) {
    Key key = new Key(bytes);
    ClassMap map = maps.get(key);
    if (map == null) {
      map = ClassCalibrators.map(bytes);
      maps.put(key, map);
    }
    return map;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(byte[] bytes, ClassMap map) {}

  /** Bytes that hold a map; their last four, a checksum, tell them apart as well as any hash. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Key(byte[] bytes) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return bytes.length < Integer.BYTES
          ? bytes.length
          : ByteBuffer.wrap(bytes).getInt(bytes.length - Integer.BYTES);
    }
  }

  private static final class Recent extends LinkedHashMap<Key, ClassMap> {

    private static final long serialVersionUID = 1L;

    Recent() {
      super(MOST, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, ClassMap> eldest) {
      return size() > MOST;
    }
  }
}
