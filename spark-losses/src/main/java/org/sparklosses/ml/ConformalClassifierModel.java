// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.conformal.PredictionSets;
import org.sparklosses.fit.ConformalScans;
import org.sparklosses.table.InputColumns;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.SparkBridge;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Adds to each row the set of classes that holds its label with the probability {@code 1 - alpha}:
 * class indices, ascending, as an array of ints; it may be empty. NULL where an evaluation would
 * find a fault in the predictions: a NULL, a NaN, probabilities that do not sum to 1.
 */
public final class ConformalClassifierModel extends ConformalModel<ConformalClassifierModel>
    implements ConformalSetColumns<ConformalClassifierModel> {

  private static final long serialVersionUID = 1L;

  static final String OUTPUT = "predictionSet";

  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> outputCol;
  private final Param<String> sizeCol;
  private final Param<String> keyCol;
  private final Param<String> score;
  private final BooleanParam renormalise;
  private final IntParam classes;

  /** A model without thresholds yet. */
  public ConformalClassifierModel() {
    this(Identifiable$.MODULE$.randomUID("conformalClassifier"));
  }

  /** A model of this identity, without thresholds yet. */
  public ConformalClassifierModel(String uid) {
    super(uid);
    probabilityCol = StageParams.probabilityCol(this);
    rawPredictionCol = StageParams.rawPredictionCol(this);
    outputCol = new Param<>(this, "outputCol", "column of sets that is added");
    sizeCol = new Param<>(this, "sizeCol", "column of sizes that is added if set");
    keyCol = new Param<>(this, "keyCol", "column that random numbers are made of");
    score = new Param<>(this, "score", "score of a class");
    renormalise =
        new BooleanParam(this, "renormalise", "whether probabilities are divided by their sum");
    classes = new IntParam(this, "classes", "number of classes; 0 if the fit had no rows");
    setDefault(probabilityCol, "probability");
    setDefault(outputCol, OUTPUT);
    setDefault(score, "lac");
    setDefault(renormalise, false);
  }

  @Override
  public ConformalClassifierModel self() {
    return this;
  }

  @Override
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  @Override
  public Param<String> rawPredictionCol() {
    return rawPredictionCol;
  }

  @Override
  public Param<String> outputCol() {
    return outputCol;
  }

  @Override
  public Param<String> sizeCol() {
    return sizeCol;
  }

  @Override
  public Param<String> keyCol() {
    return keyCol;
  }

  @Override
  public Param<String> score() {
    return score;
  }

  /** Param of whether probabilities are divided by their sum, as they were in the fit. */
  public BooleanParam renormalise() {
    return renormalise;
  }

  /** Param of the number of classes. */
  public IntParam classes() {
    return classes;
  }

  ConformalClassifierModel setFit(ConformalScans.Found found, boolean isRenormalised) {
    set(classes, (Object) found.classes());
    set(renormalise, (Object) isRenormalised);
    return setFound(found);
  }

  /**
   * Adds the sets. A row with another number of classes than in the fit fails the Spark job that
   * computes it.
   *
   * @throws IllegalArgumentException if a column that is read is missing or has a type that cannot
   *     be used, or the table has a column that is added
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    withOutput(dataset.schema());
    Column input =
        new InputColumns(dataset).predictions(StageColumns.reference(inputCol()), kind());
    String[] read =
        Stream.of("predictions", "hash", "group").map(this::ownName).toArray(String[]::new);
    Dataset<Row> arguments =
        dataset
            .withColumn(read[0], input)
            .withColumn(read[1], hash(dataset))
            .withColumn(read[2], group(dataset));
    String output = getOrDefault(outputCol);
    Dataset<Row> added =
        arguments
            .withColumn(output, sets(arguments.schema().apply(read[0]).dataType(), read))
            .drop(read);
    Column set = StageColumns.column(added, output);
    return isSet(sizeCol)
        ? added.withColumn(
            getOrDefault(sizeCol), functions.when(set.isNotNull(), functions.size(set)))
        : added;
  }

  /** The name of a column that the table has while sets are made. */
  private String ownName(String what) {
    return uid() + " " + what;
  }

  private Column sets(DataType type, String[] arguments) {
    RowSets sets =
        new RowSets(
            type,
            kind(),
            PredictionSets.of(conformityScore(), table(), share(), getOrDefault(alphas()).length),
            (Integer) getOrDefault(classes));
    List<Expression> columns =
        Arrays.stream(arguments).<Expression>map(UnresolvedAttribute::quoted).toList();
    return SparkBridge.column(
        new ApplyFunctionExpression(sets, CollectionConverters.asScala(columns).toSeq()));
  }

  private InputKind kind() {
    if (readsLogits()) {
      return InputKind.LOGITS;
    }
    return (Boolean) getOrDefault(renormalise)
        ? InputKind.RENORMALISED_PROBABILITIES
        : InputKind.PROBABILITIES;
  }

  /** The hash of the key of each row; NULL where none is needed. */
  private Column hash(Dataset<?> dataset) {
    return isSet(keyCol) && conformityScore().isRandomised()
        ? functions.xxhash64(
            new InputColumns(dataset)
                .unit(new RowSpec.Unit("key", StageColumns.reference(getOrDefault(keyCol)))))
        : functions.lit(null).cast(DataTypes.LongType);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withOutput(schema);
  }

  @Override
  public ConformalClassifierModel copy(ParamMap extra) {
    return this.<ConformalClassifierModel>defaultCopy(extra).setParent(parent());
  }

  /** Reads what {@code save} wrote. */
  public static ConformalClassifierModel load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ConformalClassifierModel> read() {
    return new DefaultParamsReader<>();
  }
}
