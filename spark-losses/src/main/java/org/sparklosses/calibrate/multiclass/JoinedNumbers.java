// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryMap;
import org.sparklosses.calibrate.MapNumbers;

/**
 * The numbers of a map for each class as those of one: under each name those of all classes, one
 * after the other, and beside them how many each class has. All maps are of one method. A class
 * without a map has no numbers.
 */
final class JoinedNumbers {

  private static final String SIZES = "_sizes";

  private JoinedNumbers() {}

  /**
   * Of maps.
   *
   * @param maps by class, one at least
   */
  static MapNumbers of(int classes, Map<Integer, BinaryMap> maps) {
    MapNumbers joined = MapNumbers.none();
    for (String name : maps.values().iterator().next().numbers().names()) {
      double[][] ofClass = new double[classes][0];
      maps.forEach((k, map) -> ofClass[k] = map.numbers().array(name));
      joined =
          joined
              .with(name, Arrays.stream(ofClass).flatMapToDouble(Arrays::stream).toArray())
              .with(name + SIZES, Arrays.stream(ofClass).mapToDouble(of -> of.length).toArray());
    }
    return joined;
  }

  /**
   * The maps of a method with such numbers, by class.
   *
   * @param joined nothing else
   * @throws IllegalArgumentException if they are none of so many maps
   */
  static SortedMap<Integer, BinaryMap> maps(String method, int classes, MapNumbers joined) {
    SortedMap<Integer, BinaryMap> maps = new TreeMap<>();
    for (int k = 0; k < classes; k++) {
      MapNumbers ofClass = MapNumbers.none();
      boolean isThere = false;
      for (String name : joined.names()) {
        if (!name.endsWith(SIZES)) {
          double[] numbers = ofClass(name, k, classes, joined);
          ofClass = ofClass.with(name, numbers);
          isThere |= numbers.length > 0;
        }
      }
      if (isThere) {
        maps.put(k, BinaryCalibrators.map(method, ofClass));
      }
    }
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("no class has a map");
    }
    return maps;
  }

  private static double[] ofClass(String name, int k, int classes, MapNumbers joined) {
    double[] all = joined.array(name);
    double[] sizes = joined.array(name + SIZES);
    double total = 0;
    boolean areSizes = sizes.length == classes;
    for (double size : sizes) {
      areSizes &= size >= 0 && size == Math.rint(size);
      total += size;
    }
    if (!areSizes || total != all.length) {
      throw new IllegalArgumentException(
          "%s has %d numbers, and %s is %s: it must have a whole number for each of %d classes, of"
                  .formatted(name, all.length, name + SIZES, Arrays.toString(sizes), classes)
              + " that sum");
    }
    int from = (int) Arrays.stream(sizes).limit(k).sum();
    return Arrays.copyOfRange(all, from, from + (int) sizes[k]);
  }
}
