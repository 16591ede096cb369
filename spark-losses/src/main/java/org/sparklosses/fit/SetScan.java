// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.sparklosses.conformal.SetCounts;
import org.sparklosses.conformal.SetCoverage;
import org.sparklosses.conformal.SliceCoverage;
import org.sparklosses.metric.Ledger;
import org.sparklosses.table.ActiveSession;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.SliceKey;
import org.sparklosses.table.TableScan;

/**
 * What one scan finds of a column of sets of classes.
 *
 * @param overall all rows
 * @param slices of each declaration its values, ascending
 * @param ledger how many rows were read and left out, and why
 */
public record SetScan(SetCoverage overall, List<SliceCoverage> slices, Ledger ledger) {

  private static final String SIZE = "conformal set size";
  private static final String COVERED = "conformal set covers";

  /** Takes a copy. */
  public SetScan {
    slices = List.copyOf(slices);
  }

  /**
   * Scans a table.
   *
   * @param rows its predictions are the column of sets
   * @throws IllegalArgumentException if a column is missing or has a type that cannot be used
   */
  public static SetScan of(Dataset<?> table, RowSpec rows) {
    JudgedSets sets = new JudgedSets(rows);
    Dataset<Row> judged = judged(table, rows);
    Dataset<Row> columns =
        judged.select(
            new InputColumns(judged)
                .select(rows, "set", List.of(SIZE, COVERED), false)
                .toArray(Column[]::new));
    GroupBuffer<RowGroup<SetCounts>> groups =
        ActiveSession.of(
            columns,
            () ->
                TableScan.of(
                        "prediction sets: pass 1 of 1",
                        columns,
                        (kernels, found) -> new NumbersAggregate<>(sets, found))
                    .state());
    RowGroup<SetCounts> all = groups.merged(new RowGroup<>(new SetCounts(rows.isWeighted())));
    List<SliceCoverage> slices = new ArrayList<>();
    for (int d = 0; d < rows.slices().size(); d++) {
      for (Map.Entry<SliceKey, RowGroup<SetCounts>> group : groups.sorted(d).entrySet()) {
        slices.add(
            new SliceCoverage(
                group.getKey().named(rows.slices().get(d)), group.getValue().kept().coverage()));
      }
    }
    return new SetScan(all.kept().coverage(), slices, all.ledger());
  }

  /** The table with the size of each set, and whether it holds the label. */
  private static Dataset<Row> judged(Dataset<?> table, RowSpec rows) {
    InputColumns input = new InputColumns(table);
    Column set = input.find("set", rows.predictions());
    DataType type = input.typeOf(rows.predictions(), set);
    if (!(type instanceof ArrayType array && array.elementType() instanceof IntegralType)) {
      throw new IllegalArgumentException(
          ("column '%s' (set) holds %s, wanted an array of class indices, as a"
                  + " ConformalClassifierModel adds it")
              .formatted(rows.predictions(), type.sql()));
    }
    // As doubles no label fails to be compared.
    Column label = input.find("label", rows.label()).cast(DataTypes.DoubleType);
    Column holds = array_contains(set.cast("array<double>"), label).cast(DataTypes.IntegerType);
    return table
        .withColumn(SIZE, when(set.isNotNull(), size(set)))
        .withColumn(COVERED, when(label.isNull(), 0).otherwise(holds));
  }
}
