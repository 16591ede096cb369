// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads pipelines that another process saved, and prints the bits of what they calibrate. */
public final class SavedPipeline {

  private SavedPipeline() {}

  /**
   * Prints a line a row.
   *
   * @param arguments the table, then pipelines
   */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    Dataset<Row> table = spark.read().parquet(arguments[0]);
    for (String pipeline : List.of(arguments).subList(1, arguments.length)) {
      bits(PipelineModel.load(pipeline).transform(table)).forEach(System.out::println);
    }
    spark.stop();
  }

  /** The bits of the calibrated probabilities, a line a row in the order of id. */
  static List<String> bits(Dataset<Row> calibrated) {
    return calibrated.select("calibratedProbability").orderBy("id").collectAsList().stream()
        .map(row -> bits(row.<Vector>getAs(0)))
        .toList();
  }

  private static String bits(Vector probabilities) {
    return DoubleStream.of(probabilities.toArray())
        .mapToObj(p -> Long.toHexString(Double.doubleToRawLongBits(p)))
        .collect(Collectors.joining(" ", "bits ", ""));
  }
}
