// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.metric.family.RankingFamily.POINTS;
import static org.sparklosses.metric.family.RankingParameters.METHOD;
import static org.sparklosses.metric.family.RankingParameters.SCORE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.MistakeWeights;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ScoreScan;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Aurc;
import org.sparklosses.score.BestOrder;
import org.sparklosses.score.CoverageAtRisk;
import org.sparklosses.score.Curve;
import org.sparklosses.score.RiskAtCoverage;

/** Predictions that may abstain: the error rate of those that are kept, the most certain first. */
public final class SelectiveFamily implements MetricFamily {

  /** For the service loader. */
  public SelectiveFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "aurc",
                "areas under the risk-coverage curve: step (the value), trapezoid and augrc, of"
                    + " generalised risk; best_* of the best order of the same rows and excess_*"
                    + " over it; optimal and eaurc_* by the published limit for many rows",
                SelectiveFamily::aurc)
            .from(
                "Geifman, Uziel and El-Yaniv 2019, arXiv:1805.08206; Traub et al. 2024,"
                    + " arXiv:2407.01032")
            .with(SCORE, METHOD),
        Metric.of(
                "risk_coverage",
                "error rate of the rows kept over their share, thinned to so many points; the value"
                    + " is the area under the step curve",
                s -> RankingParameters.lossIn(s, atoms -> curve(atoms, s.integer("points"))))
            .from("El-Yaniv and Wiener 2010, JMLR 11")
            .with(SCORE, POINTS)
            .alias("risk_coverage_curve"),
        Metric.of(
                "risk_at_coverage",
                "error rate at the first threshold from above that keeps at least this share",
                s ->
                    RankingParameters.loss(
                        s, new RiskAtCoverage(s.number("coverage")), ScoreScan.Parts.AS_SCANNED))
            .from("Geifman and El-Yaniv 2017, arXiv:1705.08500")
            .with(
                SCORE,
                number("coverage", 0.9, Range.closed(1e-9, 1), "the least share of the rows"),
                METHOD),
        Metric.of(
                "coverage_at_risk",
                "largest share that is kept with an error rate of at most risk",
                s ->
                    RankingParameters.loss(
                        s, new CoverageAtRisk(s.number("risk")), ScoreScan.Parts.AS_SCANNED))
            .from("Geifman and El-Yaniv 2017, arXiv:1705.08500")
            .largerIsBetter()
            .with(
                SCORE, number("risk", 0.05, Range.closed(0, 1), "the largest error rate"), METHOD));
  }

  private static Reading aurc(Settings settings) {
    MistakeWeights mistakes = new MistakeWeights();
    return RankingParameters.loss(
            settings,
            new Aurc(),
            (series, state) -> areas(series.get(0).parts(), state.get(mistakes).bestOrder()))
        .withNeed(mistakes);
  }

  /** With the area under the step curve in front. */
  private static Map<String, Double> areas(Map<String, Double> parts, BestOrder best) {
    Map<String, Double> areas = new LinkedHashMap<>();
    areas.put("value", parts.get("step"));
    areas.put("error_bound", parts.get("step_error_bound"));
    areas.putAll(parts);
    areas.put("best_step", best.step());
    areas.put("best_trapezoid", best.trapezoid());
    areas.put("excess_step", parts.get("step") - best.step());
    areas.put("excess_trapezoid", parts.get("trapezoid") - best.trapezoid());
    return areas;
  }

  private static Outcome curve(Atoms atoms, int points) {
    Map<String, Double> parts = new Aurc().of(atoms);
    return Outcome.of(
        Outcome.parts(
            List.of("value", "error_bound"), parts.get("step"), parts.get("step_error_bound")),
        RankingFamily.table(
            "risk_coverage", "coverage", "risk", Curve.riskCoverage(atoms, points)));
  }
}
