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

  /**
   * The rows of two classes.
   *
   * @param byFirst by the score of the first class, whose rows have outcome 1
   * @param bySecond by the score of the second class, whose rows have outcome 1
   */
  public record Pair(Atoms byFirst, Atoms bySecond) {}

  private static final RocAuc AUC = new RocAuc();

  private MulticlassAuc() {}

  /**
   * Each class against all others.
   *
   * @param classes of each class the distribution of its score over all rows, its own having
   *     outcome 1
   */
  public static Map<String, Double> oneVersusRest(List<Atoms> classes, Averaging averaging) {
    List<Area> areas = new ArrayList<>();
    for (Atoms atoms : classes) {
      areas.add(Area.of(AUC.of(atoms), atoms.total().outcome()));
    }
    return mean(areas, averaging);
  }

  /**
   * Each pair of classes, by either score in equal parts (Hand and Till 2001,
   * doi:10.1023/A:1010920819831).
   */
  public static Map<String, Double> oneVersusOne(List<Pair> pairs, Averaging averaging) {
    List<Area> areas = new ArrayList<>();
    for (Pair pair : pairs) {
      Area first = Area.of(AUC.of(pair.byFirst()), pair.byFirst().total().weight());
      Area second = Area.of(AUC.of(pair.bySecond()), first.weight());
      areas.add(
          new Area(
              (first.value() + second.value()) / 2,
              (first.bound() + second.bound()) / 2,
              first.weight()));
    }
    return mean(areas, averaging);
  }

  private record Area(double value, double bound, double weight) {

    static Area of(Map<String, Double> auc, double weight) {
      return new Area(auc.get("value"), auc.get("error_bound"), weight);
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
