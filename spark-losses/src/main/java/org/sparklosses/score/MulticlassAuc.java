// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The area under the ROC curve for several classes, as a mean of binary ones. Classes and pairs of
 * classes of which an outcome does not occur are left out; NaN if none is left. Parts: {@code
 * value}, {@code error_bound}.
 *
 * <p>The micro average is {@link RocAuc} of the union of the distributions of all classes.
 */
public final class MulticlassAuc {

  /** How areas are averaged. */
  public enum Averaging {
    /** Each counts the same. */
    MACRO,
    /** Each counts by the weight of the rows of its class, or of both classes of its pair. */
    WEIGHTED
  }

  private MulticlassAuc() {}

  /**
   * Each class against all others.
   *
   * @param classes of each class the area of its score over all rows, its own having outcome 1
   */
  public static Map<String, Double> oneVersusRest(List<Scanned> classes, Averaging averaging) {
    return mean(
        classes.stream().map(area -> Area.of(area, area.total().outcome())).toList(), averaging);
  }

  /**
   * Each pair of classes, by either score in equal parts (Hand and Till 2001,
   * doi:10.1023/A:1010920819831).
   *
   * @param pairs at {@code a * classes + b} the area of the score of class a over the rows of both,
   *     its own having outcome 1
   */
  public static Map<String, Double> oneVersusOne(List<Scanned> pairs, Averaging averaging) {
    int classes = (int) Math.round(Math.sqrt(pairs.size()));
    List<Area> areas = new ArrayList<>();
    for (int a = 0; a < classes; a++) {
      for (int b = a + 1; b < classes; b++) {
        Scanned byFirst = pairs.get(a * classes + b);
        Area first = Area.of(byFirst, byFirst.total().weight());
        Area second = Area.of(pairs.get(b * classes + a), first.weight());
        areas.add(
            new Area(
                (first.value() + second.value()) / 2,
                (first.bound() + second.bound()) / 2,
                first.weight()));
      }
    }
    return mean(areas, averaging);
  }

  private record Area(double value, double bound, double weight) {

    static Area of(Scanned auc, double weight) {
      return new Area(auc.parts().get("value"), auc.parts().get("error_bound"), weight);
    }
  }

  private static Map<String, Double> mean(List<Area> areas, Averaging averaging) {
    CompensatedSum value = new CompensatedSum();
    CompensatedSum bound = new CompensatedSum();
    CompensatedSum weight = new CompensatedSum();
    for (Area area : areas) {
      if (!Double.isNaN(area.value)) {
        double w = averaging == Averaging.MACRO ? 1 : area.weight;
        value.add(w * area.value);
        bound.add(w * area.bound);
        weight.add(w);
      }
    }
    return Parts.value(value.value() / weight.value(), bound.value() / weight.value());
  }
}
