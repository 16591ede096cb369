// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.request.Documents;
import org.sparklosses.request.Request;

/**
 * Runs an evaluation, a comparison or an evaluation of forecasts where the table is, once, and
 * keeps the result as texts. It is how Python asks for them, in this JVM or over Spark Connect,
 * whose server runs estimators by name; from Java and Scala take {@code Evaluation}, {@code
 * Comparison} and {@code ForecastEvaluation} themselves.
 *
 * <pre>{@code
 * new ReportEstimator()
 *     .setKind("evaluation")
 *     .setSpec("{\"logits\": \"logits\", \"label\": \"label\", \"metrics\": [\"log_loss\"]}")
 *     .fit(table)
 *     .getJson()
 * }</pre>
 */
public final class ReportEstimator extends Estimator<ReportModel> implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> kind;
  private final Param<String> spec;

  /** An evaluation of logits in the column of that name, unless set otherwise. */
  public ReportEstimator() {
    this(Identifiable$.MODULE$.randomUID("report"));
  }

  /** One of this identity. */
  public ReportEstimator(String uid) {
    this.uid = uid;
    kind = new Param<>(this, "kind", "what is run: " + String.join(", ", Request.KINDS));
    spec = new Param<>(this, "spec", "its settings, as a JSON object");
    setDefault(kind, Request.KINDS.get(0));
    setDefault(spec, "{\"logits\": \"logits\"}");
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Param of what is run: {@code evaluation}, the default, {@code comparison} or {@code forecast}.
   */
  public Param<String> kind() {
    return kind;
  }

  /** Param of its settings as a JSON object: the methods of the builder, in snake_case. */
  public Param<String> spec() {
    return spec;
  }

  /** What is run. */
  public String getKind() {
    return getOrDefault(kind);
  }

  /** Its settings. */
  public String getSpec() {
    return getOrDefault(spec);
  }

  /** Sets what is run. */
  public ReportEstimator setKind(String value) {
    set(kind, value);
    return this;
  }

  /** Sets its settings. */
  public ReportEstimator setSpec(String value) {
    set(spec, value);
    return this;
  }

  /**
   * Runs it.
   *
   * @throws IllegalArgumentException if the settings are none of such a run, a column is missing or
   *     has a type that cannot be used, or a row cannot be evaluated
   */
  @Override
  public ReportModel fit(Dataset<?> dataset) {
    Documents documents = Request.of(getKind(), getSpec()).run(dataset);
    return new ReportModel(uid)
        .setJson(documents.json())
        .setHtml(documents.html())
        .setConsole(documents.console())
        .setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ReportModel.SCHEMA;
  }

  @Override
  public ReportEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /** Reads what {@code save} wrote. */
  public static ReportEstimator load(String path) {
    return read().load(path);
  }

  /** A reader of what {@code write} wrote. */
  public static MLReader<ReportEstimator> read() {
    return new DefaultParamsReader<>();
  }
}
