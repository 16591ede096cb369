// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.DoubleArrayArrayParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.calibrate.MapNumbers;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassFit;
import org.sparklosses.calibrate.multiclass.ClassMap;
import org.sparklosses.calibrate.multiclass.Trial;
import org.sparklosses.sql.CalibrationExpression;

/**
 * Adds to each row its calibrated probabilities, as a Vector where those that are read are Vectors,
 * else as an array of doubles: above 0, with sum 1; NULL where the row is NULL, holds a NULL, a NaN
 * or a +infinity, or is nothing but -infinity, of probabilities where one is below 0 or all are 0.
 *
 * <p>What was fitted are Params too, so that it is saved with the others and that a fit from
 * elsewhere can be set: the method, the number of classes, and its numbers by name. {@link
 * #summary} says how good the fit is.
 */
public final class CalibratorModel extends Model<CalibratorModel>
    implements CalibratedColumns<CalibratorModel>, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  static final String OUTPUT = "calibratedProbability";

  private final String uid;
  private final Param<String> probabilityCol;
  private final Param<String> rawPredictionCol;
  private final Param<String> outputCol;
  private final Param<String> method;
  private final IntParam classes;
  private final StringArrayParam names;
  private final DoubleArrayArrayParam numbers;
  private final Param<String> note;
  private final DoubleArrayParam measures;
  private final StringArrayParam candidates;
  private final DoubleArrayArrayParam trials;

  /** A model without a map yet. */
  public CalibratorModel() {
    this(Identifiable$.MODULE$.randomUID("calibrator"));
  }

  /** A model of this identity, without a map yet. */
  public CalibratorModel(String uid) {
    this.uid = uid;
    probabilityCol = StageParams.probabilityCol(this);
    rawPredictionCol = StageParams.rawPredictionCol(this);
    outputCol = new Param<>(this, "outputCol", "column that is added");
    method = new Param<>(this, "method", "name of the method of calibration");
    classes = new IntParam(this, "classes", "number of classes");
    names = new StringArrayParam(this, "names", "names of the numbers of the map");
    numbers = new DoubleArrayArrayParam(this, "numbers", "numbers of the map, by name");
    note = new Param<>(this, "note", "what was found of the rows of the fit");
    measures =
        new DoubleArrayParam(
            this,
            "measures",
            "rows, weight, scans, loss before and after, excess, iterations, gradient of the fit");
    candidates = new StringArrayParam(this, "candidates", "methods that were chosen among");
    trials =
        new DoubleArrayArrayParam(
            this, "trials", "loss, difference, standard error of each by cross-fitting");
    setDefault(probabilityCol, "probability");
    setDefault(outputCol, OUTPUT);
  }

  @Override
  public String uid() {
    return uid;
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
  public CalibratorModel self() {
    return this;
  }

  /** Param of the method that fitted the map. */
  public Param<String> method() {
    return method;
  }

  /** Param of the number of classes. */
  public IntParam classes() {
    return classes;
  }

  /** Param of the names of the numbers of the map. */
  public StringArrayParam names() {
    return names;
  }

  /** Param of the numbers of the map, in the order of their names. */
  public DoubleArrayArrayParam numbers() {
    return numbers;
  }

  /** Param of what was found of the rows of the fit. */
  public Param<String> note() {
    return note;
  }

  /** Param of rows, weight, scans, loss before and after, excess, iterations and gradient norm. */
  public DoubleArrayParam measures() {
    return measures;
  }

  /** Param of the methods that were chosen among, the best first. */
  public StringArrayParam candidates() {
    return candidates;
  }

  /**
   * Param of what they are worth by cross-fitting: of each the log loss, its difference to that of
   * no calibration, and the standard error of the difference.
   */
  public DoubleArrayArrayParam trials() {
    return trials;
  }

  /** Sets the map, and what is known of its fit. */
  public CalibratorModel setFit(ClassFit fit) {
    ClassMap map = fit.map();
    set(method, map.method());
    set(classes, map.classes());
    String[] ofMap = map.numbers().names().toArray(String[]::new);
    set(names, ofMap);
    set(numbers, Arrays.stream(ofMap).map(map.numbers()::array).toArray(double[][]::new));
    set(note, fit.note());
    set(
        measures,
        new double[] {
          fit.rows(),
          fit.weight(),
          fit.scans(),
          fit.lossBefore(),
          fit.lossAfter(),
          fit.excess(),
          fit.iterations(),
          fit.gradientNorm()
        });
    set(candidates, fit.trials().stream().map(Trial::method).toArray(String[]::new));
    set(
        trials,
        fit.trials().stream()
            .map(trial -> new double[] {trial.loss(), trial.difference(), trial.standardError()})
            .toArray(double[][]::new));
    return this;
  }

  /** The map. */
  public ClassMap map() {
    MapNumbers ofMap = MapNumbers.none();
    String[] given = getOrDefault(names);
    for (int i = 0; i < given.length; i++) {
      ofMap = ofMap.with(given[i], getOrDefault(numbers)[i]);
    }
    return ClassCalibrators.named(getOrDefault(method)).map((Integer) getOrDefault(classes), ofMap);
  }

  /**
   * The map as bytes, for {@code calibrate} in SQL: a BINARY column of a table, say. They hold the
   * method, the number of classes and the numbers, a version and a checksum.
   */
  public byte[] toBytes() {
    return map().toBytes();
  }

  /** The map, and what is known of its fit. */
  public ClassFit summary() {
    double[] known = getOrDefault(measures);
    return new ClassFit(
        map(),
        getOrDefault(note),
        (long) known[0],
        known[1],
        (int) known[2],
        known[3],
        known[4],
        known[5],
        (int) known[6],
        known[7],
        knownTrials());
  }

  private List<Trial> knownTrials() {
    String[] methods = getOrDefault(candidates);
    double[][] worth = getOrDefault(trials);
    List<Trial> known = new ArrayList<>();
    for (int i = 0; i < methods.length; i++) {
      known.add(new Trial(methods[i], worth[i][0], worth[i][1], worth[i][2]));
    }
    return known;
  }

  /**
   * Adds the calibrated probabilities. A row with another number of classes fails the Spark job
   * that computes it.
   *
   * @throws IllegalArgumentException if the column that is read is missing or has a type that
   *     cannot be used, or the table has the column that is added
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    withOutput(dataset.schema());
    String input = inputCol();
    return dataset.withColumn(
        getOrDefault(outputCol),
        CalibrationExpression.column(
            map(), readsLogits(), input, dataset.schema().apply(input).dataType()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withOutput(schema);
  }

  @Override
  public CalibratorModel copy(ParamMap extra) {
    return this.<CalibratorModel>defaultCopy(extra).setParent(parent());
  }

  /** Reads what {@code save} wrote. */
  public static CalibratorModel load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<CalibratorModel> read() {
    return new DefaultParamsReader<>();
  }
}
