// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparklosses.conformal.ConformityScore;
import org.sparklosses.conformal.ScoreCounts;
import org.sparklosses.conformal.ThresholdSearch;
import org.sparklosses.conformal.ThresholdTable;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.NumberForm;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.SliceKey;
import org.sparklosses.table.SliceMemory;
import org.sparklosses.table.TableScan;

/**
 * Finds the conformal thresholds of a table in two scans; in one, where the rows of no group are
 * enough. Where the thresholds of groups, or of groups and classes, may be too many for the memory,
 * a query of the column of groups alone counts them first.
 *
 * @param alphas the shares left out
 * @param testWeight the weight of a new row, if rows have weights
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConformalScans(double[] alphas, double testWeight) {

  /** About how many cells the scores of a class are in. */
  private static final long USUAL_CELLS = 512;

  /** About how many scores differ within the cell of a threshold. */
  private static final long USUAL_SCORES = 64;

  /** What a group takes besides its scores. */
  private static final int BYTES_OF_GROUP = 500;

  /**
   * What was found.
   *
   * @param thresholds of every group, class and share
   * @param classes how many classes rows have; 0 of numbers, or without rows
   * @param ledger how many rows were read and left out, and why
   * @param scans how often the table was read
   */
  public record Found(ThresholdTable thresholds, int classes, Ledger ledger, int scans) {}

  /**
   * The thresholds of classes.
   *
   * @param spec its unit is the key of random numbers, its slice the group
   * @param isByClass whether each class has thresholds of its own
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   */
  public Found ofClasses(
      Dataset<?> table, PredictionSpec spec, ConformityScore score, boolean isByClass) {
    spec.checkPolicies();
    SliceMemory.check(table, spec, (rows, classes) -> bytes(rows, isByClass ? classes : 1), 0);
    Dataset<Row> columns =
        table.select(new InputColumns(table).select(spec).toArray(Column[]::new));
    return found(
        columns,
        spec.rows(),
        isByClass,
        cells ->
            TableScan.of(
                    description(cells),
                    columns,
                    (kernels, found) ->
                        new ClassScoreAggregate(
                            new ClassScoreAggregate.Definition(spec, score, isByClass, cells),
                            kernels,
                            found))
                .state());
  }

  /**
   * The thresholds of intervals or points.
   *
   * @param rows its slice is the group
   * @param ends the columns of lower and upper ends, or that of points
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   */
  public Found ofIntervals(Dataset<?> table, RowSpec rows, List<String> ends) {
    new SliceMemory(rows.slices(), rows.sliceLimit(), 1, (n, classes) -> bytes(n, 1), 0)
        .check(table, () -> 1);
    Dataset<Row> columns =
        table.select(
            new InputColumns(table).select(rows, "forecast", ends, false).toArray(Column[]::new));
    NumberForm form = NumberForm.ofStage("forecast", ends.size());
    return found(
        columns,
        rows,
        false,
        cells ->
            TableScan.of(
                    description(cells),
                    columns,
                    (kernels, found) ->
                        new NumbersAggregate<>(new ScoredIntervals(form, cells), found))
                .state());
  }

  private static String description(ScoreCells cells) {
    return "conformal thresholds: pass %d of at most 2".formatted(cells.areAll() ? 1 : 2);
  }

  private long bytes(long rows, int classes) {
    long places = Math.min(rows, classes * (USUAL_CELLS + alphas.length * USUAL_SCORES));
    return places * ScoreCounts.BYTES_OF_PLACE + BYTES_OF_GROUP;
  }

  private Found found(
      Dataset<Row> columns,
      RowSpec rows,
      boolean isByClass,
      Function<ScoreCells, GroupBuffer<RowGroup<ScoreCounts>>> scan) {
    return ActiveSession.of(columns, () -> found(rows, isByClass, scan));
  }

  private Found found(
      RowSpec rows,
      boolean isByClass,
      Function<ScoreCells, GroupBuffer<RowGroup<ScoreCounts>>> scan) {
    ScoreCells all = ScoreCells.all(rows);
    GroupBuffer<RowGroup<ScoreCounts>> first = scan.apply(all);
    Map<SliceKey, ThresholdSearch> searches = new LinkedHashMap<>();
    Map<String, long[]> cells = new LinkedHashMap<>();
    RowGroup<ScoreCounts> total = new RowGroup<>(ScoreCounts.ofCells(rows.isWeighted()));
    first
        .sorted(0)
        .forEach(
            (key, group) -> {
              total.mergeRows(group);
              ThresholdSearch search = new ThresholdSearch(group.kept(), alphas, testWeight);
              searches.put(key, search);
              if (search.cells().length > 0) {
                cells.put(all.group(key), search.cells());
              }
            });
    boolean isDone = cells.isEmpty();
    ScoreCells within = ScoreCells.within(rows, cells);
    Map<SliceKey, RowGroup<ScoreCounts>> second = isDone ? Map.of() : scan.apply(within).sorted(0);
    int classes = isByClass ? Math.max(1, first.classes()) : 1;
    Map<String, float[]> byGroup = new LinkedHashMap<>();
    searches.forEach(
        (key, search) -> {
          RowGroup<ScoreCounts> group = second.get(key);
          ScoreCounts scores =
              group == null ? ScoreCounts.within(rows.isWeighted(), new long[0]) : group.kept();
          byGroup.put(
              all.group(key),
              ThresholdTable.ofGroup(classes, alphas.length, search.thresholds(scores)));
        });
    return new Found(
        new ThresholdTable(classes, byGroup), first.classes(), total.ledger(), isDone ? 1 : 2);
  }
}
