// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.Arrays;
import java.util.List;
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
    List<Cut> cuts =
        joined.names().stream()
            .filter(name -> !name.endsWith(SIZES))
            .map(name -> Cut.of(name, classes, joined))
            .toList();
    SortedMap<Integer, BinaryMap> maps = new TreeMap<>();
    for (int k = 0; k < classes && !cuts.isEmpty(); k++) {
      MapNumbers ofClass = MapNumbers.none();
      boolean isThere = false;
      for (Cut cut : cuts) {
        double[] numbers = cut.ofClass(k);
        ofClass = ofClass.with(cut.name(), numbers);
        isThere |= numbers.length > 0;
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

  /**
   * The numbers of one name.
   *
   * @param all of all classes
   * @param from where those of each class begin, and behind the last where they end
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Cut(String name, double[] all, int[] from) {

    static Cut of(String name, int classes, MapNumbers joined) {
      double[] all = joined.array(name);
      double[] sizes = joined.array(name + SIZES);
      boolean areSizes = sizes.length == classes;
      double total = 0;
      for (double size : sizes) {
        areSizes &= size >= 0 && size == Math.rint(size);
        total += size;
      }
      if (!areSizes || total != all.length) {
        throw new IllegalArgumentException(
            "%s has %d numbers, and %s is %s: it must have a whole number for each of %d classes,"
                    .formatted(name, all.length, name + SIZES, Arrays.toString(sizes), classes)
                + " of that sum");
      }
      int[] from = new int[classes + 1];
      for (int k = 0; k < classes; k++) {
        from[k + 1] = from[k] + (int) sizes[k];
      }
      return new Cut(name, all, from);
    }

    double[] ofClass(int k) {
      return Arrays.copyOfRange(all, from[k], from[k + 1]);
    }
  }
}
