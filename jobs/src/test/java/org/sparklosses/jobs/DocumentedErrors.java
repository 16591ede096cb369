// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.sparklosses.jobs.DocumentedError.java;
import static org.sparklosses.jobs.DocumentedError.job;
import static org.sparklosses.jobs.DocumentedError.sql;

import java.util.List;

/** The mistakes on the page of errors, by place. */
final class DocumentedErrors {

  private static final String EVALUATE = "evaluate --table scored ";

  static final List<DocumentedError> IN_QUERIES =
      List.of(
          sql(
              "label-from-one",
              "SELECT avg(cross_entropy_loss(logits, number)) FROM scored",
              "SELECT round(avg(cross_entropy_loss(logits, number - 1)), 6) FROM scored",
              "0.521283"),
          sql(
              "swapped",
              "SELECT avg(cross_entropy_loss(label, logits)) FROM scored",
              "SELECT round(avg(cross_entropy_loss(logits, label)), 6) FROM scored",
              "0.521283"),
          sql(
              "text-label",
              "SELECT avg(cross_entropy_loss(logits, animal)) FROM scored",
              """
              SELECT round(avg(cross_entropy_loss(logits,
                  array_position(array('cat', 'dog', 'bird'), animal) - 1)), 6)
              FROM scored\
              """,
              "0.521283"),
          sql(
              "unknown-setting",
              "SELECT avg(focal_loss(logits, label, gama => 3)) FROM scored",
              "SELECT round(avg(focal_loss(logits, label, gamma => 3)), 6) FROM scored",
              "0.153219"),
          sql(
              "setting-range",
              "SELECT avg(focal_loss(logits, label, gamma => -1)) FROM scored",
              "SELECT round(avg(focal_loss(logits, label, gamma => 0)), 6) FROM scored",
              "0.521283"),
          sql(
              "setting-of-a-row",
              "SELECT avg(focal_loss(logits, label, gamma => weight)) FROM scored",
              """
              SELECT round(avg(IF(id <= 2, focal_loss(logits, label, gamma => 1),
                                           focal_loss(logits, label, gamma => 2))), 6)
              FROM scored\
              """,
              "0.23028"),
          sql(
              "class-weights",
              "SELECT avg(cross_entropy_loss(logits, label, weight => array(1, 5))) FROM scored",
              """
              SELECT round(avg(cross_entropy_loss(logits, label, weight => array(1, 5, 5))), 6)
              FROM scored\
              """,
              "2.365103"),
          sql(
              "null-in-array",
              "SELECT avg(cross_entropy_loss(holes, label)) FROM scored",
              """
              SELECT round(avg(cross_entropy_loss(logits, label)), 6)
              FROM (SELECT * FROM scored WHERE NOT exists(holes, z -> z IS NULL))\
              """,
              "0.225842"),
          sql(
              "filter",
              """
              SELECT avg(cross_entropy_loss(logits, number)) FILTER (WHERE number < 3)
              FROM scored\
              """,
              """
              SELECT round(avg(IF(number < 3, cross_entropy_loss(logits, number), NULL)), 6)
              FROM scored\
              """,
              "2.305095"),
          sql(
              "two-lengths",
              "SELECT avg(kl_divergence_loss(probabilities, slice(probabilities, 1, 2))) FROM"
                  + " scored",
              "SELECT avg(kl_divergence_loss(probabilities, probabilities)) FROM scored",
              "0.0"),
          sql(
              "logits-in-a-state",
              """
              SELECT evaluation_metric(
                  evaluation_state(logits, label, 'input=probabilities'), 'log_loss')
              FROM scored\
              """,
              """
              SELECT round(evaluation_metric(evaluation_state(logits, label), 'log_loss'), 6)
              FROM scored\
              """,
              "0.521283"),
          sql(
              "nan-in-a-state",
              "SELECT evaluation_metric(evaluation_state(noisy, label), 'log_loss') FROM scored",
              """
              SELECT round(evaluation_metric(
                  evaluation_state(noisy, label, 'drop=nan'), 'log_loss'), 6)
              FROM scored\
              """,
              "0.225842"),
          sql(
              "state-option",
              "SELECT evaluation_state(logits, label, 'metric=log_loss') FROM scored",
              """
              SELECT round(evaluation_metric(
                  evaluation_state(logits, label, 'metrics=log_loss'), 'log_loss'), 6)
              FROM scored\
              """,
              "0.521283"),
          sql(
              "not-in-the-state",
              """
              SELECT evaluation_metric(
                  evaluation_state(logits, label, 'metrics=log_loss'), 'ece(n_bins=10)')
              FROM scored\
              """,
              """
              SELECT round(evaluation_metric(
                  evaluation_state(logits, label, 'metrics=log_loss, ece(n_bins=10)'),
                  'ece(n_bins=10)'), 6)
              FROM scored\
              """,
              "0.317423"),
          sql(
              "states-of-two-kinds",
              """
              SELECT merge_evaluation_states(state)
              FROM (SELECT evaluation_state(logits, label, 'metrics=log_loss') AS state FROM scored
                    UNION ALL
                    SELECT evaluation_state(logits, label, 'metrics=brier') FROM scored)\
              """,
              """
              SELECT round(evaluation_metric(merge_evaluation_states(state), 'log_loss'), 6)
              FROM (SELECT evaluation_state(logits, label) AS state FROM scored
                    UNION ALL
                    SELECT evaluation_state(logits, label) FROM scored)\
              """,
              "0.521283"),
          sql(
              "old-state",
              "SELECT evaluation_metric(state, 'log_loss') FROM old_states",
              """
              SELECT round(evaluation_metric(evaluation_state(logits, label), 'log_loss'), 6)
              FROM scored\
              """,
              "0.521283"),
          sql(
              "other-calibrator",
              "SELECT calibrate(model, slice(logits, 1, 2)) FROM scored CROSS JOIN calibrator",
              """
              SELECT round(calibrate(model, logits)[0], 6)
              FROM scored CROSS JOIN calibrator ORDER BY id\
              """,
              "0.587233"),
          sql(
              "nothing-to-fit-from",
              """
              SELECT fit_calibrator(evaluation_state(p, y, 'input=probabilities; metrics=brier'),
                  'platt_scaling')
              FROM (SELECT probabilities[1] AS p, INT(label = 1) AS y FROM scored)\
              """,
              """
              SELECT length(fit_calibrator(evaluation_state(p, y,
                  'input=probabilities; metrics=recalibration_gain'), 'platt_scaling')) > 0
              FROM (SELECT probabilities[1] AS p, INT(label = 1) AS y FROM scored)\
              """,
              "true"));

  static final List<DocumentedError> OF_JOBS =
      List.of(
          job(
              "unknown-option",
              EVALUATE + "--logits logits --sclice country",
              EVALUATE + "--logits logits --slice country",
              "country = NO"),
          job(
              "unknown-column",
              EVALUATE + "--logits logit",
              EVALUATE + "--logits logits",
              "4 rows read, 4 evaluated"),
          job(
              "unknown-metric",
              EVALUATE + "--logits logits --metric log_los",
              EVALUATE + "--logits logits --metric log_loss",
              "log_loss"),
          job(
              "unknown-parameter",
              EVALUATE + "--logits logits --metric 'ece(bins=10)'",
              EVALUATE + "--logits logits --metric 'ece(n_bins=10)'",
              "top_label_calibration_error"),
          job(
              "two-classes",
              EVALUATE + "--logits logits --metric roc_auc",
              EVALUATE + "--logits logits --metric roc_auc_multiclass",
              "roc_auc_multiclass"),
          job(
              "job-label-from-one",
              EVALUATE + "--logits logits --label number --key id",
              EVALUATE + "--logits logits --label label --key id",
              "4 rows read, 4 evaluated"),
          job(
              "job-text-label",
              EVALUATE + "--logits logits --label animal",
              EVALUATE + "--logits logits --label animal --class-names cat,dog,bird",
              "4 rows read, 4 evaluated"),
          job(
              "unknown-class",
              EVALUATE + "--logits logits --label animal --class-names cat,dog,birds",
              EVALUATE + "--logits logits --label animal --class-names cat,dog,bird",
              "4 rows read, 4 evaluated"),
          job(
              "nan",
              EVALUATE + "--logits noisy --key id",
              EVALUATE + "--logits noisy --key id --policy nan=drop",
              "4 rows read, 3 evaluated"),
          job(
              "lengths",
              EVALUATE + "--logits cut --key id",
              EVALUATE + "--logits cut --key id --classes 3 --policy length_mismatch=drop",
              "4 rows read, 3 evaluated"),
          job(
              "logits-as-probabilities",
              EVALUATE + "--probabilities logits",
              EVALUATE + "--logits logits",
              "4 rows read, 4 evaluated"),
          job(
              "probabilities-as-logits",
              EVALUATE + "--logits probabilities",
              EVALUATE + "--probabilities probabilities",
              "4 rows read, 4 evaluated"),
          job(
              "half-precision",
              EVALUATE + "--probabilities half --key id",
              EVALUATE + "--probabilities half --key id --renormalise",
              "4 rows read, 4 evaluated"),
          job(
              "weights",
              EVALUATE + "--logits logits --weight weight --key id",
              EVALUATE + "--logits logits --weight weight --key id --policy invalid_weight=drop",
              "4 rows read, 3 evaluated"),
          job(
              "slices",
              EVALUATE + "--logits logits --slice id --slice-limit 3",
              EVALUATE + "--logits logits --slice country --slice-limit 3",
              "country = SE"),
          job(
              "where",
              EVALUATE + "--logits logits --where 'county = 1'",
              EVALUATE + "--where \"country = 'NO'\" --logits logits",
              "2 rows read, 2 evaluated"),
          job(
              "no-input",
              "evaluate --input predictions.parquet --logits logits",
              "evaluate --input plain --logits logits",
              "4 rows read, 4 evaluated"),
          job(
              "delta",
              "evaluate --input delta_table --logits logits",
              "evaluate --input plain --logits logits",
              "4 rows read, 4 evaluated"),
          job(
              "report-there",
              EVALUATE + "--logits logits --output report",
              EVALUATE + "--logits logits --output report --overwrite",
              "report.html"),
          job(
              "gate",
              EVALUATE + "--logits logits --fail-if 'accuracy < 0.8'",
              EVALUATE + "--logits logits --fail-if 'accuracy < 0.7'",
              "passed"),
          job(
              "gate-of-no-rows",
              EVALUATE + "--logits logits --where 'id > 9' --fail-if 'accuracy < 0.7'",
              EVALUATE + "--logits logits --where 'id < 9' --fail-if 'accuracy < 0.7'",
              "passed"),
          job(
              "gate-text",
              EVALUATE + "--logits logits --fail-if 'accuracy = 0.8'",
              EVALUATE + "--logits logits --fail-if 'accuracy < 0.7'",
              "passed"),
          job(
              "keys",
              "compare --table twice --model a=logits --model b=logits --input-b plain --key id",
              "compare --table scored --model a=logits --model b=logits --input-b plain --key id",
              "4 compared"),
          job(
              "sigma",
              "forecast --table scored --mean label --sigma sigma --label number",
              """
              forecast --table scored --mean label --sigma sigma --label number \\
                --where 'sigma > 0'\
              """,
              "3 rows read, 3 evaluated"),
          job(
              "nothing-to-fit",
              "calibrate --table scored --fit-where \"country = 'DK'\" --logits logits",
              "calibrate --table scored --fit-where \"country = 'NO'\" --logits logits",
              "fitted to 2 rows"));

  static final List<DocumentedError> IN_PROGRAMS =
      List.of(
          java(
              "not-evaluated",
              """
              Evaluation.ofLogits("logits").metrics("log_loss").run(predictions).value("brier");\
              """,
              """
              Evaluation.ofLogits("logits").metrics("log_loss", "brier").run(predictions).value("brier");\
              """),
          java(
              "evaluator-column",
              """
              new LossEvaluator().setLoss("focal_loss(gamma=3)").evaluate(predictions);\
              """,
              """
              new LossEvaluator()
                  .setLoss("focal_loss(gamma=3)")
                  .setRawPredictionCol("logits")
                  .evaluate(predictions);\
              """),
          java(
              "evaluator-metric",
              """
              new CalibrationEvaluator().setMetricName("ecee").setRawPredictionCol("logits").evaluate(predictions);\
              """,
              """
              new CalibrationEvaluator()
                  .setMetricName("ece")
                  .setRawPredictionCol("logits")
                  .evaluate(predictions);\
              """),
          java(
              "calibrator-method",
              """
              new Calibrator().setMethod("platt").setRawPredictionCol("logits").fit(calibrationRows);\
              """,
              """
              new Calibrator()
                  .setMethod("temperature")
                  .setRawPredictionCol("logits")
                  .fit(calibrationRows);\
              """),
          java(
              "calibrator-classes",
              """
              new Calibrator().setMethod("platt_scaling").setRawPredictionCol("logits").fit(calibrationRows);\
              """,
              """
              new Calibrator()
                  .setMethod("structured_vector_scaling")
                  .setRawPredictionCol("logits")
                  .fit(calibrationRows);\
              """),
          java(
              "conformal-alpha",
              """
              new ConformalClassifier().setRawPredictionCol("logits").fit(calibrationRows).setAlpha(0.2).transform(testRows);\
              """,
              """
              new ConformalClassifier()
                  .setRawPredictionCol("logits")
                  .setAlphas(0.1, 0.2)
                  .fit(calibrationRows)
                  .setAlpha(0.2)
                  .transform(testRows);\
              """));

  private DocumentedErrors() {}
}
