// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Where the scores of a table are cut into stretches that one machine can hold: cells of the
 * leading bits of the score, of the more bits the more groups of rows are in them, joined to
 * neighbours up to a limit. A function of the rows alone, whatever their order or partitioning.
 */
final class ScoreStretches implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Sign, exponent and the first bits of the fraction. */
  private static final int FIRST_SHIFT = 44;

  private static final int REFINEMENT = 8;

  private final int[] series;
  private final long[] start;

  private record Cell(int series, long prefix) implements Serializable {

    private static final long serialVersionUID = 1L;

    static Cell of(Row group, int shift) {
      return new Cell(group.getInt(0), group.getLong(1) >> shift);
    }
  }

  /** A cell with its first key and the number of groups in it. */
  private record Counted(int series, long start, long groups) {}

  private ScoreStretches(List<Counted> starts) {
    series = starts.stream().mapToInt(Counted::series).toArray();
    start = starts.stream().mapToLong(Counted::start).toArray();
  }

  /**
   * The stretches of groups of rows.
   *
   * @param groups series and key of each
   * @param limit the most groups in a stretch, unless a single score has more
   */
  static ScoreStretches of(JavaRDD<Row> groups, int limit) {
    List<Counted> cells = cells(groups, limit);
    List<Counted> starts = new ArrayList<>();
    long filled = 0;
    for (Counted cell : cells) {
      boolean isNewSeries =
          starts.isEmpty() || starts.get(starts.size() - 1).series() != cell.series();
      if (isNewSeries || filled + cell.groups() > limit) {
        starts.add(cell);
        filled = 0;
      }
      filled += cell.groups();
    }
    return new ScoreStretches(starts);
  }

  /** Cells of at most {@code limit} groups, in order of series and score. */
  private static List<Counted> cells(JavaRDD<Row> groups, int limit) {
    List<Counted> settled = new ArrayList<>();
    Map<Cell, Long> counts = counts(groups, FIRST_SHIFT);
    for (int shift = FIRST_SHIFT; ; ) {
      HashSet<Cell> crowded = new HashSet<>();
      for (Map.Entry<Cell, Long> cell : counts.entrySet()) {
        if (cell.getValue() > limit && shift > 0) {
          crowded.add(cell.getKey());
        } else {
          settled.add(
              new Counted(
                  cell.getKey().series(), cell.getKey().prefix() << shift, cell.getValue()));
        }
      }
      if (crowded.isEmpty()) {
        settled.sort(Comparator.comparingInt(Counted::series).thenComparingLong(Counted::start));
        return settled;
      }
      int wide = shift;
      shift = Math.max(0, shift - REFINEMENT);
      counts = counts(groups.filter(group -> isIn(crowded, group, wide)), shift);
    }
  }

  private static boolean isIn(Set<Cell> cells, Row group, int shift) {
    return cells.contains(Cell.of(group, shift));
  }

  private static Map<Cell, Long> counts(JavaRDD<Row> groups, int shift) {
    return new HashMap<>(
        groups
            .mapToPair(group -> new Tuple2<>(Cell.of(group, shift), 1L))
            .reduceByKey(Long::sum)
            .collectAsMap());
  }

  /** The number of stretches. */
  int size() {
    return start.length;
  }

  /** The series of a stretch. */
  int series(int stretch) {
    return series[stretch];
  }

  /** The stretch of a key. */
  int of(int keySeries, long key) {
    int low = 0;
    int high = start.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      boolean isAfter =
          series[middle] > keySeries || (series[middle] == keySeries && start[middle] > key);
      low = isAfter ? low : middle;
      high = isAfter ? middle - 1 : high;
    }
    return low;
  }
}
