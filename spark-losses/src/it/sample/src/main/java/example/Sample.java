package example;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.evaluate.Evaluation;

/** Prints the mean cross-entropy of two rows, by SQL and by an evaluation. */
public final class Sample {

  private Sample() {}

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().appName("sample").getOrCreate();
    Dataset<Row> rows =
        spark.sql(
            "SELECT * FROM VALUES (array(0d, 0d), 0), (array(ln(3), 0d), 0) t(logits, label)");
    Row mean = rows.selectExpr("avg(cross_entropy_loss(logits, label))").first();
    Evaluation evaluation = Evaluation.ofLogits("logits").label("label").metrics("log_loss");
    double metric = evaluation.run(rows).value("log_loss");
    System.out.printf("SQL %.12f, evaluation %.12f%n", mean.getDouble(0), metric);
    spark.stop();
  }
}
