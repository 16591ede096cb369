// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.junit.jupiter.api.Test;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.Metrics;
import org.sparklosses.testing.GeneratedFile;

/** The stages of the Python package have the Params of those of Java. */
class PythonStagesTest {

  private static final String FOLDER = "src/main/python/sparklosses/ml/";

  @Test
  void evaluators() throws IOException {
    check(
        "evaluation",
        "Evaluators of probabilities, for tuning and for tables of predictions.",
        List.of(
            "from sparklosses.ml._base import Evaluator",
            "from sparklosses.ml._directions import is_larger_better"),
        PythonStages.Stage.evaluator(
            new CalibrationEvaluator(),
            "is_larger_better(self.getMetricName())",
            "How far a model's probabilities are from observed frequencies: over bins of equal"
                + " width unless another metric is asked for. Of a metric whose ideal lies inside"
                + " of its range it is the distance from there."),
        PythonStages.Stage.evaluator(
            new LossEvaluator(),
            "is_larger_better(self.getLoss())",
            "The weighted mean of a loss, or any other metric of the catalogue. Of a metric whose"
                + " ideal lies inside of its range it is the distance from there."));
  }

  @Test
  void calibrators() throws IOException {
    check(
        "calibration",
        "Calibration of probabilities.",
        List.of(
            "from sparklosses.ml._base import Estimator",
            "from sparklosses.ml._facts import CalibratorFacts"),
        PythonStages.Stage.model(
            "CalibratorFacts",
            new CalibratorModel(),
            "Adds to each row its calibrated probabilities, as a Vector where Vectors are read,"
                + " else as an array of doubles."),
        PythonStages.Stage.estimator(
            new Calibrator(),
            "Learns from labels how the probabilities of a classifier are to be mended. Fit it on"
                + " rows that the classifier was not trained on."));
  }

  @Test
  void calibratorsOfEffects() throws IOException {
    check(
        "causal",
        "Calibration of predicted effects of a treatment.",
        List.of("from sparklosses.ml._base import Estimator, Model"),
        PythonStages.Stage.model(
            "Model", new CausalCalibratorModel(), "Adds to each row its calibrated effect."),
        PythonStages.Stage.estimator(
            new CausalCalibrator(),
            "Learns how predicted effects of a treatment are to be mended, so that rows of a"
                + " calibrated effect have that effect on average: causal isotonic calibration (van"
                + " der Laan et al. 2023, arXiv:2302.14011)."));
  }

  @Test
  void conformalStages() throws IOException {
    check(
        "conformal",
        "Conformal prediction: sets of classes and intervals that hold the truth.",
        List.of(
            "from sparklosses.ml._base import Estimator, Evaluator",
            "from sparklosses.ml._facts import ConformalFacts"),
        PythonStages.Stage.model(
            "ConformalFacts",
            new ConformalClassifierModel(),
            "Adds to each row the set of classes that holds its label with the probability 1 -"
                + " alpha."),
        PythonStages.Stage.estimator(
            new ConformalClassifier(),
            "Learns from labels how many classes a set has to hold. Fit it on rows that the"
                + " classifier, and a calibrator, were not trained on."),
        PythonStages.Stage.model(
            "ConformalFacts",
            new ConformalRegressorModel(),
            "Adds to each row the ends of the interval that holds its number with the probability 1"
                + " - alpha."),
        PythonStages.Stage.estimator(
            new ConformalRegressor(),
            "Learns from numbers that came true how wide an interval has to be. Fit it on rows that"
                + " the model was not trained on."),
        PythonStages.Stage.evaluator(
            new ConformalEvaluator(),
            "self.getMetricName() in (\"coverage\", \"min_class_coverage\")",
            "Evaluates sets of classes in one scan: how many hold the label, and how large they"
                + " are."));
  }

  @Test
  void detectors() throws IOException {
    check(
        "outliers",
        "Rows unlike those of training.",
        List.of("from sparklosses.ml._base import Estimator, Model"),
        PythonStages.Stage.model(
            "Model",
            new MahalanobisDetectorModel(),
            "Adds to each row how like the rows of training its features are: minus the squared"
                + " Mahalanobis distance to the nearest class."),
        PythonStages.Stage.estimator(
            new MahalanobisDetector(),
            "Learns the means of the features of each class and their covariance within classes."));
  }

  @Test
  void directions() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Metrics.all().stream()
        .filter(Metric::isLargerBetter)
        .flatMap(metric -> Stream.concat(Stream.of(metric.id()), metric.aliases().stream()))
        .forEach(names::add);
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # SPDX-License-Identifier: Apache-2.0
        # Written from the metrics of Java by PythonStagesTest; not to be edited.
        \"""Which metrics are the better the larger they are, for sessions that cannot ask the JVM.\"""

        from __future__ import annotations

        _LARGER_IS_BETTER = {
        """);
    names.forEach(name -> text.append("    \"").append(name).append("\",\n"));
    text.append(
        """
        }


        def is_larger_better(metric: str) -> bool:
            \"""Whether the largest value of a metric, ``name`` or ``name(...)``, is the best.\"""
            return metric.split("(", 1)[0].strip().lower() in _LARGER_IS_BETTER
        """);
    new GeneratedFile(FOLDER + "_directions.py").check(text.toString());
  }

  /** Servers of Spark Connect take stages that are named to a ServiceLoader. */
  @Test
  void serversOfConnectFindThem() {
    assertEquals(
        Set.of(CalibrationEvaluator.class, ConformalEvaluator.class, LossEvaluator.class),
        found(Evaluator.class));
    assertEquals(
        Set.of(
            Calibrator.class,
            CausalCalibrator.class,
            ConformalClassifier.class,
            ConformalRegressor.class,
            MahalanobisDetector.class,
            ReportEstimator.class),
        found(Estimator.class));
    assertEquals(
        Set.of(
            CalibratorModel.class,
            CausalCalibratorModel.class,
            ConformalClassifierModel.class,
            ConformalRegressorModel.class,
            MahalanobisDetectorModel.class,
            ReportModel.class),
        found(Transformer.class));
  }

  private static <T> Set<Class<?>> found(Class<T> service) {
    return ServiceLoader.load(service).stream()
        .map(ServiceLoader.Provider::type)
        .filter(type -> type.getPackage().equals(LossEvaluator.class.getPackage()))
        .collect(Collectors.toSet());
  }

  private static void check(
      String module, String summary, List<String> imports, PythonStages.Stage... stages)
      throws IOException {
    new GeneratedFile(FOLDER + module + ".py")
        .check(PythonStages.module(summary, imports, List.of(stages)));
  }
}
