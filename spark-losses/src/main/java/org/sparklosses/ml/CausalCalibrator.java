// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.calibrate.PseudoOutcome;
import org.sparklosses.fit.EffectTable;
import org.sparklosses.table.ByteChunks;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.NamedException;

/**
 * Learns how predicted effects of a treatment are to be mended, so that rows of a calibrated effect
 * have that effect on average: causal isotonic calibration (van der Laan et al. 2023,
 * arXiv:2302.14011). Effects keep their order.
 *
 * <p>Reads {@code effectCol}, the predicted effect, and either {@code pseudoOutcomeCol}, if it is
 * set, or what {@link PseudoOutcome#aipw} makes one of: {@code treatmentCol} (0 or 1), {@code
 * outcomeCol}, {@code propensityCol} (in (0, 1)), {@code untreatedCol} and {@code treatedCol}, the
 * outcomes that are expected without and with treatment; and {@code weightCol}, if it is set.
 * Propensities and expected outcomes must come from models that were not trained on these rows, as
 * by cross-fitting, and so must the effect.
 *
 * <p>One pass; the same bits in any order and partitioning of the rows. A state holds 10,000
 * distinct effects and then cells of a grid, a few MB at most.
 *
 * @see CausalCalibratorModel the calibrated effect of a row
 */
public final class CausalCalibrator extends Estimator<CausalCalibratorModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> effectCol;
  private final Param<String> treatmentCol;
  private final Param<String> outcomeCol;
  private final Param<String> propensityCol;
  private final Param<String> untreatedCol;
  private final Param<String> treatedCol;
  private final Param<String> pseudoOutcomeCol;
  private final Param<String> weightCol;
  private final Param<String> outputCol;

  /** A calibrator of effects. */
  public CausalCalibrator() {
    this(Identifiable$.MODULE$.randomUID("causal"));
  }

  /** A calibrator of this identity. */
  public CausalCalibrator(String uid) {
    this.uid = uid;
    effectCol = new Param<>(this, "effectCol", "column of predicted effects");
    treatmentCol = new Param<>(this, "treatmentCol", "column of treatments, 0 or 1");
    outcomeCol = new Param<>(this, "outcomeCol", "column of outcomes");
    propensityCol = new Param<>(this, "propensityCol", "column of probabilities of treatment");
    untreatedCol = new Param<>(this, "untreatedCol", "column of outcomes expected untreated");
    treatedCol = new Param<>(this, "treatedCol", "column of outcomes expected when treated");
    pseudoOutcomeCol =
        new Param<>(
            this, "pseudoOutcomeCol", "column of pseudo-outcomes, read instead of these if set");
    weightCol = StageParams.weightCol(this);
    outputCol = new Param<>(this, "outputCol", "column that the model adds");
    setDefault(effectCol, CausalCalibratorModel.EFFECT);
    setDefault(treatmentCol, "treatment");
    setDefault(outcomeCol, "outcome");
    setDefault(propensityCol, "propensity");
    setDefault(untreatedCol, "expectedUntreated");
    setDefault(treatedCol, "expectedTreated");
    setDefault(outputCol, CausalCalibratorModel.OUTPUT);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Param of the column of predicted effects; {@code effect} by default. */
  public Param<String> effectCol() {
    return effectCol;
  }

  /** Param of the column of treatments; {@code treatment} by default. */
  public Param<String> treatmentCol() {
    return treatmentCol;
  }

  /** Param of the column of outcomes; {@code outcome} by default. */
  public Param<String> outcomeCol() {
    return outcomeCol;
  }

  /** Param of the column of propensities; {@code propensity} by default. */
  public Param<String> propensityCol() {
    return propensityCol;
  }

  /** Param of the column of outcomes expected untreated; {@code expectedUntreated} by default. */
  public Param<String> untreatedCol() {
    return untreatedCol;
  }

  /** Param of the column of outcomes expected when treated; {@code expectedTreated} by default. */
  public Param<String> treatedCol() {
    return treatedCol;
  }

  /** Param of the column of pseudo-outcomes; not set by default. */
  public Param<String> pseudoOutcomeCol() {
    return pseudoOutcomeCol;
  }

  /** Param of the weight column; not set by default. */
  public Param<String> weightCol() {
    return weightCol;
  }

  /** Param of the column that the model adds; {@code calibratedEffect} by default. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Sets the column of predicted effects. */
  public CausalCalibrator setEffectCol(String value) {
    set(effectCol, value);
    return this;
  }

  /** Sets the column of treatments. */
  public CausalCalibrator setTreatmentCol(String value) {
    set(treatmentCol, value);
    return this;
  }

  /** Sets the column of outcomes. */
  public CausalCalibrator setOutcomeCol(String value) {
    set(outcomeCol, value);
    return this;
  }

  /** Sets the column of propensities. */
  public CausalCalibrator setPropensityCol(String value) {
    set(propensityCol, value);
    return this;
  }

  /** Sets the column of outcomes expected untreated. */
  public CausalCalibrator setUntreatedCol(String value) {
    set(untreatedCol, value);
    return this;
  }

  /** Sets the column of outcomes expected when treated. */
  public CausalCalibrator setTreatedCol(String value) {
    set(treatedCol, value);
    return this;
  }

  /** Sets the column of pseudo-outcomes, read instead of treatments, outcomes and expectations. */
  public CausalCalibrator setPseudoOutcomeCol(String value) {
    set(pseudoOutcomeCol, value);
    return this;
  }

  /** Sets the weight column. */
  public CausalCalibrator setWeightCol(String value) {
    set(weightCol, value);
    return this;
  }

  /** Sets the column that the model adds. */
  public CausalCalibrator setOutputCol(String value) {
    set(outputCol, value);
    return this;
  }

  /**
   * Fits the map.
   *
   * @throws IllegalArgumentException if a column is missing or holds no numbers, or if there is no
   *     row of positive weight
   * @throws EvaluationException if a row cannot be used
   */
  @Override
  public CausalCalibratorModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    List<String> names = columns();
    Column[] columns =
        Stream.concat(
                names.stream().map(name -> StageColumns.column(dataset, name).cast("double")),
                isSet(weightCol) ? Stream.empty() : Stream.of(functions.lit(1.0)))
            .toArray(Column[]::new);
    JavaRDD<byte[]> states =
        dataset.select(columns).toJavaRDD().mapPartitions(rows -> state(rows, names));
    EffectTable table =
        states.getNumPartitions() == 0
            ? new EffectTable()
            : NamedException.unwrapped(() -> read(states.treeReduce(CausalCalibrator::merged)));
    CausalCalibratorModel model = new CausalCalibratorModel(uid).setMap(table.map());
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  /** The columns that are read: the effect, the pseudo-outcome or what makes it, the weight. */
  private List<String> columns() {
    Stream<Param<String>> ofOutcome =
        isSet(pseudoOutcomeCol)
            ? Stream.of(pseudoOutcomeCol)
            : Stream.of(treatmentCol, outcomeCol, propensityCol, untreatedCol, treatedCol);
    Stream<Param<String>> ofWeight = isSet(weightCol) ? Stream.of(weightCol) : Stream.empty();
    return Stream.of(Stream.of(effectCol), ofOutcome, ofWeight)
        .flatMap(params -> params)
        .map(this::getOrDefault)
        .toList();
  }

  private static Iterator<byte[]> state(Iterator<Row> rows, List<String> names) {
    EffectTable table = new EffectTable();
    while (rows.hasNext()) {
      Row row = rows.next();
      try {
        add(row, table);
      } catch (IllegalArgumentException e) {
        throw new EvaluationException(
            "a row of %s cannot be fitted: %s".formatted(told(row, names), e.getMessage()));
      }
    }
    return List.of(ByteChunks.of(table::write)).iterator();
  }

  private static String told(Row row, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(i -> "%s = %s".formatted(names.get(i), row.get(i)))
        .collect(Collectors.joining(", "));
  }

  private static void add(Row row, EffectTable table) {
    int last = row.length() - 1;
    if (!row.isNullAt(last) && row.getDouble(last) == 0) {
      return;
    }
    if (row.anyNull()) {
      throw new IllegalArgumentException("one of these is NULL; leave such rows out");
    }
    double pseudoOutcome =
        last == 2
            ? row.getDouble(1)
            : PseudoOutcome.aipw(
                row.getDouble(1),
                row.getDouble(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5));
    table.add(row.getDouble(0), pseudoOutcome, row.getDouble(last));
  }

  private static byte[] merged(byte[] one, byte[] other) {
    EffectTable table = read(one);
    table.merge(read(other));
    return ByteChunks.of(table::write);
  }

  private static EffectTable read(byte[] bytes) {
    return ByteChunks.read(bytes, new EffectTable());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    for (String name : columns()) {
      DataType type = schema.apply(name).dataType();
      boolean isTreatment = !isSet(pseudoOutcomeCol) && name.equals(getOrDefault(treatmentCol));
      if (!(type instanceof NumericType || (isTreatment && type instanceof BooleanType))) {
        throw new IllegalArgumentException(
            "column '%s' holds %s where numbers are needed; cast it".formatted(name, type.sql()));
      }
    }
    return CausalCalibratorModel.output(schema, getOrDefault(effectCol), getOrDefault(outputCol));
  }

  @Override
  public CausalCalibrator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static CausalCalibrator load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<CausalCalibrator> read() {
    return new DefaultParamsReader<>();
  }
}
