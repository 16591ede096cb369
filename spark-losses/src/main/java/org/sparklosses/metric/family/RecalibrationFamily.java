// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.metric.family.BinnedParameters.OF;

import java.util.List;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.Scores;
import org.sparklosses.score.BinaryScore;
import org.sparklosses.score.CorpDecomposition;
import org.sparklosses.score.CoxCalibration;
import org.sparklosses.score.HosmerLemeshow;
import org.sparklosses.score.LogLossDecomposition;

/** What recalibration would change: fitted maps, tests of calibration, decompositions of scores. */
public final class RecalibrationFamily implements MetricFamily {

  /** For the service loader. */
  public RecalibrationFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "cox_calibration",
                "slope and intercept of a logistic regression of y on logit p, 1 and 0 when"
                    + " calibrated; the intercept at slope 1; standard errors",
                s -> cox(BinnedParameters.pair(s)))
            .ideal(1)
            .from("Cox 1958; Van Calster et al. 2019, doi:10.1186/s12916-019-1466-7")
            .with(OF),
        Metric.of(
                "hosmer_lemeshow",
                "chi-square statistic of observed and expected counts in g groups of equal mass;"
                    + " df_minus is 2 on the data a model was fitted to, 0 on other data",
                RecalibrationFamily::hosmerLemeshow)
            .from("Hosmer and Lemeshow 1980, doi:10.1080/03610928008827941")
            .with(
                OF,
                integer("g", 10, Range.closed(1, 10_000), "the number of groups"),
                integer(
                    "df_minus",
                    2,
                    Range.closed(0, 10_000),
                    "the degrees of freedom are so many fewer than groups")),
        Metric.of(
                "corp_decomposition",
                "score = miscalibration - discrimination + uncertainty, by the isotonic"
                    + " recalibration of p",
                RecalibrationFamily::corp)
            .from("Dimitriadis et al. 2021, doi:10.1073/pnas.2016191118")
            .with(OF, choice("score", List.of("brier", "log"), "the score that is decomposed")),
        Metric.of(
                "log_loss_binned_decomposition",
                "log loss of (p, y) = reliability - resolution + uncertainty over groups of equal"
                    + " p",
                s ->
                    Reading.atoms(
                        BinnedParameters.pair(s).source(),
                        Exactness.said(new LogLossDecomposition()::of)))
            .from("DeGroot and Fienberg 1983; Weijs et al. 2010")
            .with(OF));
  }

  private static Reading cox(Pair pair) {
    Scores scores = new Scores(pair.ofLogOdds());
    return new Reading(
        List.of(scores),
        state -> {
          pair.source().check(state.classes());
          return Outcome.of(Exactness.said(CoxCalibration::of).apply(state.get(scores).atoms(0)));
        });
  }

  private static Reading hosmerLemeshow(Settings settings) {
    HosmerLemeshow test = new HosmerLemeshow(settings.integer("g"), settings.integer("df_minus"));
    return Reading.atoms(BinnedParameters.pair(settings).source(), Exactness.said(test::of));
  }

  private static Reading corp(Settings settings) {
    Pair pair = BinnedParameters.pair(settings);
    CorpDecomposition decomposition =
        new CorpDecomposition(settings.constant(BinaryScore.class, "score"));
    if (decomposition.score() != BinaryScore.LOG) {
      return Reading.atoms(pair.source(), decomposition::of);
    }
    // Cells do not tell the mean log score of their rows.
    Mean mean = pair.mean("log_score", (p, y, w) -> -StrictMath.log(y > 0 ? p : 1 - p));
    Scores scores = new Scores(pair.source());
    return new Reading(
        List.of(mean, scores),
        state -> Outcome.of(decomposition.of(state.get(scores).atoms(0), state.mean(mean))));
  }
}
