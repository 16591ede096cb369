// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryFit;
import org.sparklosses.calibrate.BinaryMap;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.FitStatus;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.calibrate.OneVersusRest;

/**
 * A calibrator of two classes for each class against the rest: the rows are read for a table of
 * each, and once more for the log loss of the map.
 */
abstract class OneVersusRestCalibrator implements ClassCalibrator {

  private static final String FLOOR = "floor";

  private final String binary;
  private final Map<String, ?> settings;
  private final boolean needsFloor;

  /**
   * @param binary the name of the calibrator of two classes
   * @param settings its settings
   * @param needsFloor whether it gives probabilities of 0
   */
  OneVersusRestCalibrator(String binary, Map<String, ?> settings, boolean needsFloor) {
    this.binary = binary;
    this.settings = settings;
    this.needsFloor = needsFloor;
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    ClassTables scanned = rows.scan(new ClassTables.At(name(), ClassTables.Of.EVERY_CLASS));
    List<BinaryMap> maps = new ArrayList<>();
    List<String> undetermined = new ArrayList<>();
    for (BinaryTable table : scanned.tables()) {
      BinaryFit fit = BinaryCalibrators.fit(binary, table, settings);
      if (fit.status() == FitStatus.ONE_CLASS) {
        undetermined.add(Integer.toString(maps.size()));
      }
      maps.add(fit.map());
    }
    double floor = needsFloor ? Floor.share(scanned.weight()) : 0;
    String note =
        undetermined.isEmpty()
            ? ""
            : "no row, or every row, has the label " + String.join(", ", undetermined);
    return scanned.fit(new OfClasses(name(), new OneVersusRest(maps, floor)), note, rows);
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    SortedMap<Integer, BinaryMap> maps =
        JoinedNumbers.maps(binary, classes, numbers.without(FLOOR));
    if (maps.size() != classes) {
      throw new IllegalArgumentException(
          "%s of %d classes with the maps of %d".formatted(name(), classes, maps.size()));
    }
    return new OfClasses(
        name(), new OneVersusRest(List.copyOf(maps.values()), numbers.number(FLOOR)));
  }

  private record OfClasses(String method, OneVersusRest maps) implements ClassMap {

    private static final long serialVersionUID = 1L;

    @Override
    public int classes() {
      return maps.maps().size();
    }

    @Override
    public double[] probabilities(double[] l) {
      double[] logOdds = new double[classes()];
      LogProbabilities.logOdds(l, logOdds);
      return maps.ofLogits(logOdds);
    }

    @Override
    public MapNumbers numbers() {
      SortedMap<Integer, BinaryMap> byClass = new TreeMap<>();
      for (BinaryMap map : maps.maps()) {
        byClass.put(byClass.size(), map);
      }
      return JoinedNumbers.of(classes(), byClass).with(FLOOR, maps.floor());
    }
  }
}
