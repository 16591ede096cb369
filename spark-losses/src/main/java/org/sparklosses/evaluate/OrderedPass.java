// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.sparklosses.metric.MetricSpec;
import org.sparklosses.metric.ScoreScan;
import org.sparklosses.metric.ScoreStore;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Scan;
import org.sparklosses.score.Scanned;
import org.sparklosses.score.Sums;
import org.sparklosses.table.PredictionSpec;
import org.sparklosses.table.RowReader;
import org.sparklosses.table.SparkBridge;
import scala.Tuple2;

/**
 * Metrics of ordered scores over any number of distinct scores, exactly. Rows are counted by score,
 * outcome and weight, the counts shuffled to stretches of scores, and each stretch is scanned by
 * itself, knowing the sums of those below and above; the driver sees a few numbers a stretch. What
 * is added up is added exactly, and where stretches begin follows from the rows alone: the result
 * has the same bits in any partitioning.
 */
final class OrderedPass {

  /** The most groups of rows in a stretch: some 10 MB in memory. */
  static final int STRETCH = 50_000;

  private static final int STRETCHES_OF_TASK = 4;

  private final PredictionSpec spec;
  private final int stretchLimit;

  /**
   * A pass.
   *
   * @param spec of a known number of classes
   * @param stretchLimit the most groups of rows in a stretch
   */
  OrderedPass(PredictionSpec spec, int stretchLimit) {
    this.spec = spec;
    this.stretchLimit = stretchLimit;
  }

  /**
   * The parts that the scans of metrics give.
   *
   * @param columns what {@link RowReader} reads
   */
  List<List<Scanned>> run(Dataset<Row> columns, List<MetricSpec> metrics) {
    ScanSeries scans = new ScanSeries(metrics, spec.classes());
    Dataset<Row> groups = groups(columns, scans).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      JavaRDD<Row> rows = groups.toJavaRDD();
      ScoreStretches stretches = ScoreStretches.of(rows, stretchLimit);
      return scan(scans, stretches, atoms(rows, stretches, isPlain(scans)));
    } finally {
      groups.unpersist();
    }
  }

  /** Rows of the same score, outcome and weight, counted. */
  private Dataset<Row> groups(Dataset<Row> columns, ScanSeries scans) {
    ScorePairs pairs = new ScorePairs(spec, scans, columns.schema());
    return columns
        .sparkSession()
        .createDataFrame(
            SparkBridge.execution(columns).toRdd().toJavaRDD().mapPartitions(pairs),
            ScorePairs.SCHEMA)
        .groupBy(col("series"), col("key"), col("outcome"), col("weight"))
        .agg(count(lit(1)));
  }

  private boolean isPlain(ScanSeries scans) {
    return !spec.rows().isWeighted()
        && scans.scans().stream().allMatch(scan -> scan.source().isBinary());
  }

  /** The distribution in each stretch. */
  private static JavaPairRDD<Integer, Atoms> atoms(
      JavaRDD<Row> groups, ScoreStretches stretches, boolean isPlain) {
    return groups
        .mapToPair(group -> new Tuple2<>(stretches.of(group.getInt(0), group.getLong(1)), group))
        .groupByKey(1 + stretches.size() / STRETCHES_OF_TASK)
        .mapValues(rows -> atoms(rows, isPlain));
  }

  private static Atoms atoms(Iterable<Row> groups, boolean isPlain) {
    ScoreStore store = ScoreStore.unlimited(isPlain);
    for (Row group : groups) {
      store.add(
          ScorePairs.score(group.getLong(1)),
          group.getDouble(2),
          group.getDouble(3),
          group.getLong(4));
    }
    return store.atoms();
  }

  private static List<List<Scanned>> scan(
      ScanSeries scans, ScoreStretches stretches, JavaPairRDD<Integer, Atoms> distributions) {
    Map<Integer, Sums> totals = distributions.mapValues(Atoms::total).collectAsMap();
    Prefix prefix = Prefix.of(stretches, totals);
    Map<Integer, double[]> scanned =
        distributions
            .mapToPair(
                stretch -> {
                  int i = stretch._1();
                  ScoreScan scan = scans.scan(stretches.series(i));
                  return new Tuple2<>(
                      i, scan.scan().scan(stretch._2(), prefix.below(i), prefix.above(i)));
                })
            .collectAsMap();
    List<List<Scanned>> parts = new ArrayList<>();
    int stretch = 0;
    for (int metric = 0; metric < scans.scans().size(); metric++) {
      Scan scan = scans.scans().get(metric).scan();
      List<Scanned> found = new ArrayList<>();
      for (int series = scans.first(metric); series < scans.first(metric + 1); series++) {
        double[] joined = null;
        Sums total = Sums.NONE;
        for (; stretch < stretches.size() && stretches.series(stretch) == series; stretch++) {
          joined = joined == null ? scanned.get(stretch) : scan.join(joined, scanned.get(stretch));
          total = total.plus(totals.get(stretch));
        }
        found.add(
            joined == null
                ? Scanned.of(scan, Atoms.of(new double[0], new double[0], null))
                : new Scanned(scan.read(joined, total), total));
      }
      parts.add(found);
    }
    return parts;
  }

  /** The sums of the stretches of the same series on either side of each. */
  private record Prefix(ArrayList<Sums> belows, ArrayList<Sums> aboves) implements Serializable {

    private static final long serialVersionUID = 1L;

    static Prefix of(ScoreStretches stretches, Map<Integer, Sums> totals) {
      ArrayList<Sums> below = new ArrayList<>();
      for (int i = 0; i < stretches.size(); i++) {
        boolean isFirst = i == 0 || stretches.series(i - 1) != stretches.series(i);
        below.add(isFirst ? Sums.NONE : below.get(i - 1).plus(totals.get(i - 1)));
      }
      ArrayList<Sums> above = new ArrayList<>(below);
      for (int i = stretches.size() - 1; i >= 0; i--) {
        boolean isLast =
            i == stretches.size() - 1 || stretches.series(i + 1) != stretches.series(i);
        above.set(i, isLast ? Sums.NONE : above.get(i + 1).plus(totals.get(i + 1)));
      }
      return new Prefix(below, above);
    }

    Sums below(int stretch) {
      return belows.get(stretch);
    }

    Sums above(int stretch) {
      return aboves.get(stretch);
    }
  }
}
