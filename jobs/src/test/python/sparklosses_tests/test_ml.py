# SPDX-License-Identifier: Apache-2.0
"""The stages fit, say what was fitted, are saved and read, and work in pipelines and tuning."""

import math
import tempfile
from pathlib import Path

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.functions import array_to_vector, vector_to_array
from pyspark.ml.tuning import CrossValidator, ParamGridBuilder
from pyspark.sql import functions as F
from sparklosses import functions as L
from sparklosses import ml

from sparklosses_tests.session import REMOTE, SparkTest

ESTIMATORS = (
    (ml.Calibrator, ml.CalibratorModel),
    (ml.CausalCalibrator, ml.CausalCalibratorModel),
    (ml.ConformalClassifier, ml.ConformalClassifierModel),
    (ml.ConformalRegressor, ml.ConformalRegressorModel),
    (ml.MahalanobisDetector, ml.MahalanobisDetectorModel),
)
EVALUATORS = (ml.CalibrationEvaluator, ml.ConformalEvaluator, ml.LossEvaluator)


class MlTest(SparkTest):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        rows = cls.spark.range(0, 300, 1, 2).selectExpr(
            "CAST(id AS INT) AS id",
            "CAST(id % 3 AS DOUBLE) AS label",
            "3 * sin(id) + IF(id % 3 = 0, 2, 0) AS a",
            "3 * cos(id * 7) - id % 3 AS b",
            "transform(sequence(0, 2), c -> 2 * sin(id * (c + 1)) + IF(c = id % 3, 1, 0)) AS z",
            "IF(id % 2 = 0, 'NO', 'SE') AS country",
            "sin(id) AS prediction",
            "sin(id) + cos(id * 11) / 4 AS y",
        )
        path = str(Path(cls.folder.name) / "rows")
        rows.write.parquet(path)
        cls.rows = cls.spark.read.parquet(path)

    def path(self) -> str:
        return tempfile.mktemp(dir=self.folder.name)

    def test_evaluators(self) -> None:
        expected = self.rows.agg(F.avg(L.focal_loss("z", "label", gamma=3))).first()[0]
        evaluator = ml.LossEvaluator(loss="focal_loss(gamma=3)", rawPredictionCol="z")
        self.assertAlmostEqual(expected, evaluator.evaluate(self.rows), delta=1e-12)
        self.assertFalse(evaluator.isLargerBetter())
        state = self.rows.agg(L.evaluation_state("z", "label").alias("state"))
        expected = state.select(
            L.evaluation_metric("state", "top_label_calibration_error(n_bins=10, norm=l1)")
        ).first()[0]
        evaluator = ml.CalibrationEvaluator(metricName="ece", numBins=10).setRawPredictionCol("z")
        self.assertEqual(expected, evaluator.evaluate(self.rows))
        self.assertTrue(ml.CalibrationEvaluator(metricName="roc_auc(of=mistake)").isLargerBetter())
        self.assertTrue(ml.LossEvaluator(loss="accuracy").isLargerBetter())
        with self.assertRaisesRegex(Exception, "unknown metric 'brierr'; did you mean 'brier'"):
            ml.CalibrationEvaluator(metricName="brierr", rawPredictionCol="z").evaluate(self.rows)

    def test_params_have_the_defaults_of_java(self) -> None:
        if REMOTE:
            self.skipTest("the JVM is not reached over Spark Connect")
        for stage in [*(e for e, _ in ESTIMATORS), *EVALUATORS]:
            ours, wrapper = stage(), stage()
            theirs = wrapper._java_obj
            self.assertEqual({p.name for p in ours.params}, {p.name() for p in theirs.params()})
            for param in ours.params:
                java = theirs.getParam(param.name)
                with self.subTest(stage=stage.__name__, param=param.name):
                    self.assertEqual(java.doc(), param.doc)
                    self.assertEqual(theirs.hasDefault(java), ours.hasDefault(param))
                    get = param.name[0].upper() + param.name[1:]
                    self.assertTrue(hasattr(ours, "get" + get) and hasattr(ours, "set" + get))
            # What is set in Python is what Java has.
            ours._transfer_params_to_java()
            ours._transfer_params_from_java()

    def test_none_is_what_is_not_given(self) -> None:
        calibrator = ml.Calibrator(rawPredictionCol="z", weightCol=None).setParams(foldCol=None)
        self.assertFalse(calibrator.isSet("weightCol"))
        calibrator.fit(self.rows)

    def test_calibrator(self) -> None:
        calibrator = ml.Calibrator(rawPredictionCol="z", method="temperature, vector_scaling")
        model = calibrator.fit(self.rows)
        self.assertEqual(calibrator.uid, model.uid)
        honest = model.transform(self.rows)
        loss = ml.LossEvaluator(probabilityCol="calibratedProbability").evaluate(honest)
        path = self.path()
        model.save(path)
        loaded = ml.CalibratorModel.load(path)
        summary = loaded.summary()
        self.assertEqual(300, summary.rows)
        self.assertAlmostEqual(loss, summary.loss_after, delta=1e-12)
        self.assertEqual(3, len(summary.trials))
        self.assertEqual(summary.trials[0].method, summary.method)
        self.assertIn(summary.method, ("none", "temperature", "vector_scaling"))
        expected = honest.select("calibratedProbability").collect()
        self.assertEqual(
            expected, loaded.transform(self.rows).select("calibratedProbability").collect()
        )
        copied = model.copy({model.getParam("outputCol"): "p"})
        self.assertEqual(expected, copied.transform(self.rows).select("p").collect())
        if REMOTE:
            with self.assertRaisesRegex(RuntimeError, "save the model and load it"):
                model.summary()
        else:
            # Numbers that are not there are NaN.
            self.assertEqual(repr(summary), repr(model.summary()))
            self.assertEqual(model.getMethod(), summary.method)
            self.check_bytes(model)

    def check_bytes(self, model: ml.CalibratorModel) -> None:
        by_bytes = L.calibrate(F.lit(model.toBytes()), "z")
        rows = model.setOutputCol("p").transform(self.rows).select("p", by_bytes).collect()
        self.assertEqual([row[0] for row in rows], [row[1] for row in rows])

    def test_conformal_sets(self) -> None:
        estimator = ml.ConformalClassifier(rawPredictionCol="z", groupCol="country")
        model = estimator.setAlphas([0.1, 0.2]).fit(self.rows)
        sets = model.transform(self.rows)
        evaluator = ml.ConformalEvaluator(metricName="coverage", sliceCols=["country"])
        self.assertGreaterEqual(evaluator.evaluate(sets), 0.9)
        self.assertTrue(evaluator.isLargerBetter())
        self.assertFalse(ml.ConformalEvaluator().isLargerBetter())
        path = self.path()
        model.save(path)
        loaded = ml.ConformalClassifierModel.load(path)
        self.assertEqual(sets.collect(), loaded.transform(self.rows).collect())
        self.assertEqual({"NO", "SE"}, set(loaded.thresholdsByGroup()))
        self.assertEqual((300, 0.1), (loaded.rows(), loaded.getAlpha()))
        wide = loaded.thresholdsByGroup()["NO"]
        narrow = loaded.setAlpha(0.2)
        self.assertLess(narrow.thresholdsByGroup()["NO"], wide)
        coverage = evaluator.evaluate(narrow.transform(self.rows))
        self.assertGreaterEqual(coverage, 0.8)
        self.assertLess(coverage, 0.9)

    def test_conformal_intervals(self) -> None:
        model = ml.ConformalRegressor(labelCol="y").fit(self.rows)
        held = model.transform(self.rows).where("y BETWEEN lower AND upper").count()
        self.assertGreaterEqual(held, 270)
        if not REMOTE:
            self.assertGreaterEqual(model.expectedCoverage(0.9).mean, 0.9)
            self.assertFalse(math.isinf(model.thresholdsByGroup()[""][0]))

    def test_outliers_and_effects(self) -> None:
        rows = self.rows.withColumn("features", array_to_vector("z"))
        model = ml.MahalanobisDetector().fit(rows)
        self.assertEqual(0, model.transform(rows).where("mahalanobisScore > 0").count())
        effects = self.rows.selectExpr("a AS effect", "y AS pseudo")
        causal = ml.CausalCalibrator(pseudoOutcomeCol="pseudo").fit(effects)
        self.assertEqual(300, causal.transform(effects).where("calibratedEffect < 9").count())

    def test_stages_are_saved_and_read(self) -> None:
        for stage in [*(e for e, _ in ESTIMATORS), *EVALUATORS]:
            with self.subTest(stage=stage.__name__):
                path = self.path()
                saved = stage().setLabelCol("y") if hasattr(stage, "setLabelCol") else stage()
                saved.write().overwrite().save(path)
                read = stage.load(path)
                self.assertIs(stage, type(read))
                self.assertEqual(saved.uid, read.uid)
                self.assertEqual(values(saved), values(read))

    def test_pipeline(self) -> None:
        pipeline = Pipeline(
            stages=[
                VectorAssembler(inputCols=["a", "b"], outputCol="features"),
                LogisticRegression(maxIter=10),
                ml.Calibrator(rawPredictionCol="rawPrediction", method="vector_scaling"),
                ml.ConformalClassifier(probabilityCol="calibratedProbability"),
            ]
        )
        path = self.path()
        pipeline.save(path)
        rows = self.rows.drop("prediction")
        model = Pipeline.load(path).fit(rows)
        path = self.path()
        model.save(path)
        read = PipelineModel.load(path)
        self.assertIsInstance(read.stages[2], ml.CalibratorModel)
        columns = [vector_to_array("calibratedProbability"), "predictionSet"]
        self.assertEqual(
            model.transform(rows).select(*columns).collect(),
            read.transform(rows).select(*columns).collect(),
        )
        if not REMOTE:
            self.assertEqual("vector_scaling", read.stages[2].summary().method)
            # Java reads what Python saved.
            java = self.spark._jvm.org.apache.spark.ml.PipelineModel.load(path)
            self.assertEqual(
                "org.sparklosses.ml.CalibratorModel", java.stages()[2].getClass().getName()
            )

    def test_cross_validator(self) -> None:
        rows = VectorAssembler(inputCols=["a", "b"], outputCol="features").transform(
            self.rows.drop("prediction")
        )
        regression = LogisticRegression(maxIter=5)
        grid = ParamGridBuilder().addGrid(regression.regParam, [0.001, 100.0]).build()
        for evaluator, best in ((ml.LossEvaluator(), 0), (ml.LossEvaluator(loss="accuracy"), 0)):
            validator = CrossValidator(
                estimator=regression,
                estimatorParamMaps=grid,
                evaluator=evaluator,
                numFolds=2,
                seed=7,
                parallelism=2,
            )
            model = validator.fit(rows)
            metrics = model.avgMetrics
            chosen = max(metrics) if evaluator.isLargerBetter() else min(metrics)
            self.assertEqual(best, metrics.index(chosen))
        path = self.path()
        model.save(path)
        self.assertEqual(metrics, type(model).load(path).avgMetrics)


def values(stage: object) -> dict:
    return {p.name: stage.getOrDefault(p) for p in stage.params if stage.isDefined(p)}  # type: ignore[attr-defined]
