// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.optionalInteger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Confusion;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.score.ConfusionMatrix;
import org.sparklosses.score.ConfusionMatrix.ClassFigures;
import org.sparklosses.score.ConfusionMatrix.Mistake;

/** What follows from how often each class is predicted for each label. All of it is exact. */
public final class ConfusionFamily implements MetricFamily {

  private static final Parameter BETA =
      number(
          "beta", 1, Range.closed(0, 1e6), "how many times recall counts in F what precision does");

  private static final Parameter AVERAGE =
      choice(
          "average",
          List.of("macro", "weighted", "micro"),
          "over classes alike (macro), by their rows (weighted), or of the counts of all (micro)");

  private static final Parameter CLASS =
      optionalInteger(
          "class",
          Range.atLeast(0),
          "this class alone, whatever the average; NaN if the predictions have fewer classes");

  /** For the service loader. */
  public ConfusionFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "classification_report",
                "accuracy, balanced accuracy, precision, recall and F (macro, weighted, micro),"
                    + " Matthews' correlation, kappas; with a table of all classes",
                s -> Reading.of(new Confusion(), state -> report(state, s.number("beta"))))
            .from("Van Rijsbergen 1979; Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006")
            .largerIsBetter()
            .with(BETA),
        figure("balanced_accuracy", "mean recall of the classes that are labels")
            .from("Brodersen et al. 2010, doi:10.1109/ICPR.2010.764"),
        average(
            "precision",
            "share of the rows predicted as a class that are of it",
            ClassFigures::precision),
        average(
            "recall",
            "share of the rows of a class that are predicted as it",
            ClassFigures::recall),
        Metric.of(
                "f_beta",
                "(1 + beta^2) hits / (beta^2 rows of the class + rows predicted so), averaged as"
                    + " precision is, or of one class",
                s ->
                    averaged(
                        s, "fbeta_" + s.text("average"), s.number("beta"), ClassFigures::fbeta))
            .from("Van Rijsbergen 1979")
            .largerIsBetter()
            .with(AVERAGE, BETA, CLASS)
            .alias("f1"),
        figure("mcc", "Matthews' correlation coefficient; 0 where a variance is 0")
            .from("Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006"),
        Metric.of(
                "cohen_kappa",
                "agreement beyond chance; disagreements count 1, |i - j| or (i - j)^2",
                s -> reading(1, report -> report.get(kappa(s.text("weights")))))
            .from("Cohen 1960, doi:10.1177/001316446002000104; 1968, doi:10.1037/h0026256")
            .largerIsBetter()
            .with(
                choice(
                    "weights",
                    List.of("none", "linear", "quadratic"),
                    "what a disagreement counts: 1 (none), |i - j| (linear) or (i - j)^2"
                        + " (quadratic)")),
        Metric.of(
                "top_mistakes",
                "the most frequent mistakes, the heaviest first; the value is the share of all rows"
                    + " that they are",
                s -> Reading.of(new Confusion(), state -> mistakes(state, s.integer("n"))))
            .with(integer("n", 20, Range.closed(1, 100_000), "how many are listed")));
  }

  private static Metric average(
      String name, String description, Function<ClassFigures, double[]> byClass) {
    return Metric.of(
            name,
            description
                + "; averaged over classes, by rows of the class, or of all pairs; or of"
                + " one class",
            s -> averaged(s, name + "_" + s.text("average"), 1, byClass))
        .from("Van Rijsbergen 1979")
        .largerIsBetter()
        .with(AVERAGE, CLASS);
  }

  private static Reading averaged(
      Settings settings, String average, double beta, Function<ClassFigures, double[]> byClass) {
    OptionalInt ofClass = settings.optionalInteger("class");
    return ofClass.isEmpty()
        ? reading(beta, report -> report.get(average))
        : Reading.of(
            new Confusion(),
            state -> Outcome.value(ofClass(state, ofClass.getAsInt(), beta, byClass)));
  }

  private static double ofClass(
      Confusion.State state, int k, double beta, Function<ClassFigures, double[]> byClass) {
    return k < state.classes() ? byClass.apply(matrix(state).classFigures(beta))[k] : Double.NaN;
  }

  private static Metric figure(String name, String description) {
    return Metric.of(name, description, s -> reading(1, report -> report.get(name)))
        .largerIsBetter();
  }

  private static String kappa(String weights) {
    return weights.equals("none") ? "kappa" : "kappa_" + weights;
  }

  private static Reading reading(double beta, Function<Map<String, Double>, Double> figure) {
    return Reading.of(
        new Confusion(), state -> Outcome.value(figure.apply(matrix(state).report(beta))));
  }

  private static ConfusionMatrix matrix(Confusion.State state) {
    List<Confusion.Entry> entries = state.entries();
    return new ConfusionMatrix(
        state.classes(),
        entries.stream().mapToInt(Confusion.Entry::label).toArray(),
        entries.stream().mapToInt(Confusion.Entry::predicted).toArray(),
        entries.stream().mapToDouble(Confusion.Entry::weight).toArray());
  }

  private static Outcome report(Confusion.State state, double beta) {
    ConfusionMatrix matrix = matrix(state);
    Map<String, Double> report = matrix.report(beta);
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("value", report.get("accuracy"));
    parts.putAll(report);
    ClassFigures figures = matrix.classFigures(beta);
    NumberTable table =
        new NumberTable(
            "classes",
            List.of("class", "support", "predicted", "precision", "recall", "fbeta"),
            IntStream.range(0, matrix.classes())
                .mapToObj(
                    k ->
                        List.of(
                            (double) k,
                            figures.support()[k],
                            figures.predicted()[k],
                            figures.precision()[k],
                            figures.recall()[k],
                            figures.fbeta()[k]))
                .toList());
    return Outcome.of(parts, table);
  }

  private static Outcome mistakes(Confusion.State state, int n) {
    ConfusionMatrix matrix = matrix(state);
    double total = 0;
    for (double weight : matrix.weight()) {
      total += weight;
    }
    double listed = 0;
    List<Mistake> mistakes = matrix.topMistakes(n);
    for (Mistake mistake : mistakes) {
      listed += mistake.weight();
    }
    double all = total;
    NumberTable table =
        new NumberTable(
            "mistakes",
            List.of("label", "predicted", "weight", "share"),
            mistakes.stream()
                .map(
                    m ->
                        List.of(
                            (double) m.label(),
                            (double) m.predicted(),
                            m.weight(),
                            m.weight() / all))
                .toList());
    return Outcome.value(listed / total, table);
  }
}
