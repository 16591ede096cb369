// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;
import static org.sparklosses.function.Parameter.flag;
import static org.sparklosses.function.Parameter.integer;
import static org.sparklosses.function.Parameter.number;
import static org.sparklosses.function.Parameter.optionalNumber;
import static org.sparklosses.metric.family.RankingParameters.METHOD;
import static org.sparklosses.metric.family.RankingParameters.OF;
import static org.sparklosses.metric.family.RankingParameters.SCORE;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Metric;
import org.sparklosses.metric.MetricFamily;
import org.sparklosses.metric.NumberTable;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ScoreScan;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.metric.ScoreView;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.AveragePrecision;
import org.sparklosses.score.Curve;
import org.sparklosses.score.DetectionError;
import org.sparklosses.score.DetectionErrorAtTpr;
import org.sparklosses.score.EqualErrorRate;
import org.sparklosses.score.FprAtTpr;
import org.sparklosses.score.Gini;
import org.sparklosses.score.KsStatistic;
import org.sparklosses.score.Lift;
import org.sparklosses.score.MulticlassAuc;
import org.sparklosses.score.MulticlassAuc.Averaging;
import org.sparklosses.score.PearsonCorrelation;
import org.sparklosses.score.PrAucTrapezoid;
import org.sparklosses.score.RankCorrelation;
import org.sparklosses.score.RocAuc;
import org.sparklosses.score.TprAtFpr;

/** How well a score tells rows of one outcome from rows of the other. */
public final class RankingFamily implements MetricFamily {

  /** The smallest share that a parameter takes. */
  private static final double LEAST = 1e-9;

  private static final Range SHARE = Range.closed(LEAST, 1);

  static final Parameter POINTS =
      integer("points", 200, Range.closed(2, 100_000), "the most points of the curve");

  /** For the service loader. */
  public RankingFamily() {}

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.of(
                "roc_auc",
                "P(s+ > s-) + P(s+ = s-) / 2; with max_fpr the area up to it, standardised to 0.5"
                    + " for chance and 1 for perfect",
                RankingFamily::area)
            .from("Bamber 1975; McClish 1989, doi:10.1177/0272989X8900900307")
            .largerIsBetter()
            .with(
                OF,
                SCORE,
                number("max_fpr", 1, SHARE, "the false positive rate at which the area ends"),
                flag(
                    "standardized",
                    true,
                    "whether a part of the area is scaled: 0.5 for chance, 1 for perfect"),
                METHOD)
            .alias("auc"),
        Metric.of(
                "roc_auc_multiclass",
                "mean area of each class against the rest (ovr) or of each pair of classes (ovo);"
                    + " micro: of all classes together",
                RankingFamily::multiclass)
            .from("Hand and Till 2001, doi:10.1023/A:1010920819831; Provost and Domingos 2000")
            .largerIsBetter()
            .with(
                choice(
                    "multi_class",
                    List.of("ovr", "ovo"),
                    "each class against the rest (ovr), or each pair of classes (ovo)"),
                choice(
                    "average",
                    List.of("macro", "weighted", "micro"),
                    "over classes alike (macro), by their rows (weighted), or of all probabilities"
                        + " together (micro, of ovr alone)"),
                METHOD),
        Metric.of(
                "gini",
                "2 roc_auc - 1",
                s -> RankingParameters.area(s, -1, RankingParameters.found(s, new Gini())))
            .from("Somers 1962, doi:10.2307/2090408")
            .largerIsBetter()
            .with(OF, SCORE, METHOD),
        Metric.of(
                "ks_statistic",
                "largest |TPR - FPR| of any threshold",
                s -> RankingParameters.found(s, new KsStatistic()))
            .from("Smirnov 1939")
            .largerIsBetter()
            .with(OF, SCORE, METHOD),
        Metric.of(
                "average_precision",
                "sum over thresholds of gained recall times precision; 0 without positives",
                s -> RankingParameters.found(s, new AveragePrecision()))
            .from("Davis and Goadrich 2006, doi:10.1145/1143844.1143874")
            .largerIsBetter()
            .with(OF, SCORE, METHOD),
        Metric.of(
                "pr_auc_trapezoid",
                "area under the line through the points (recall, precision); optimistic",
                s -> RankingParameters.found(s, new PrAucTrapezoid()))
            .from("Davis and Goadrich 2006, doi:10.1145/1143844.1143874")
            .largerIsBetter()
            .with(OF, SCORE, METHOD),
        Metric.of(
                "fpr_at_tpr",
                "false positive rate at the first threshold from above whose true positive rate is"
                    + " at least tpr",
                s -> RankingParameters.found(s, new FprAtTpr(s.number("tpr"))))
            .from("Liang, Li and Srikant 2018, arXiv:1706.02690")
            .with(OF, SCORE, number("tpr", 0.95, SHARE, "the least true positive rate"), METHOD),
        Metric.of(
                "tpr_at_fpr",
                "true positive rate at the last threshold from above whose false positive rate is"
                    + " at most fpr (TAR at FAR)",
                s -> RankingParameters.found(s, new TprAtFpr(s.number("fpr"))))
            .from("Deng et al. 2019, arXiv:1801.07698")
            .largerIsBetter()
            .with(OF, SCORE, number("fpr", 0.05, SHARE, "the largest false positive rate"), METHOD),
        Metric.of(
                "equal_error_rate",
                "rate at which false positive and false negative rate are equal, between two points"
                    + " of the ROC curve on their line",
                s -> RankingParameters.found(s, new EqualErrorRate()))
            .from("Martin et al. 1997, Eurospeech")
            .with(OF, SCORE, METHOD),
        Metric.of(
                "rank_correlation",
                "correlation of the score with what is to be found: of mid-ranks (spearman), tau-b"
                    + " (kendall) or of the score itself (pearson)",
                RankingFamily::correlation)
            .from("Spearman 1904, doi:10.2307/1412159; Kendall 1945, doi:10.1093/biomet/33.3.239")
            .largerIsBetter()
            .with(
                OF,
                SCORE,
                choice("kind", List.of("spearman", "kendall", "pearson"), "which correlation"),
                METHOD),
        Metric.of(
                "detection_error",
                "least (1 - TPR + FPR) / 2 of any threshold; with tpr at the first threshold that"
                    + " reaches it",
                s ->
                    RankingParameters.found(
                        s,
                        s.optionalNumber("tpr").isPresent()
                            ? new DetectionErrorAtTpr(s.number("tpr"))
                            : new DetectionError()))
            .from("Liang, Li and Srikant 2018, arXiv:1706.02690")
            .with(
                OF,
                SCORE,
                optionalNumber(
                    "tpr", SHARE, "the least true positive rate; none for any threshold"),
                METHOD),
        Metric.of(
                "lift",
                "share of positives among the fraction with the highest scores, over that of all"
                    + " rows",
                s -> RankingParameters.found(s, new Lift(s.number("fraction"))))
            .from("Ling and Li 1998")
            .largerIsBetter()
            .with(OF, SCORE, number("fraction", 0.1, SHARE, "the share of the rows"), METHOD),
        Metric.of(
                "roc_curve",
                "TPR over FPR, thinned to so many points; the value is the area",
                s ->
                    RankingParameters.area(
                        s,
                        0,
                        RankingParameters.foundIn(s, atoms -> roc(atoms, s.integer("points")))))
            .from("Fawcett 2006, doi:10.1016/j.patrec.2005.10.010")
            .largerIsBetter()
            .with(OF, SCORE, POINTS),
        Metric.of(
                "precision_recall_curve",
                "precision over recall, thinned to so many points; the value is the average"
                    + " precision",
                s ->
                    RankingParameters.foundIn(
                        s, atoms -> precisionRecall(atoms, s.integer("points"))))
            .from("Davis and Goadrich 2006, doi:10.1145/1143844.1143874")
            .largerIsBetter()
            .with(OF, SCORE, POINTS));
  }

  /** Only of the whole area the standard error is known. */
  private static Reading area(Settings settings) {
    RocAuc auc = new RocAuc(settings.number("max_fpr"), settings.flag("standardized"));
    Reading reading = RankingParameters.found(settings, auc);
    return auc.maxFpr() == 1 ? RankingParameters.area(settings, 0, reading) : reading;
  }

  private static Reading correlation(Settings settings) {
    String kind = settings.text("kind");
    return kind.equals("pearson")
        ? RankingParameters.scoredIn(
            settings, Exactness.said(atoms -> Map.of("value", PearsonCorrelation.of(atoms))))
        : RankingParameters.found(settings, new RankCorrelation(kind.equals("kendall")));
  }

  private static Outcome roc(Atoms atoms, int points) {
    return Outcome.of(
        new RocAuc().of(atoms), table("roc_curve", "fpr", "tpr", Curve.roc(atoms, points)));
  }

  private static Outcome precisionRecall(Atoms atoms, int points) {
    return Outcome.of(
        new AveragePrecision().of(atoms),
        table(
            "precision_recall_curve", "recall", "precision", Curve.precisionRecall(atoms, points)));
  }

  /** The points of a curve. */
  static NumberTable table(String name, String x, String y, Curve curve) {
    return new NumberTable(
        name,
        List.of(x, y, "threshold"),
        IntStream.range(0, curve.size())
            .mapToObj(i -> List.of(curve.x()[i], curve.y()[i], curve.threshold()[i]))
            .toList());
  }

  private static Reading multiclass(Settings settings) {
    boolean isPairs = settings.text("multi_class").equals("ovo");
    if (settings.text("average").equals("micro")) {
      if (isPairs) {
        throw new IllegalArgumentException(
            settings.owner() + ": there is no average=micro of pairs; use multi_class=ovr");
      }
      return areas(ScoreSource.ALL_CLASSES, ScoreScan.Parts.AS_SCANNED);
    }
    Averaging averaging = Averaging.valueOf(settings.text("average").toUpperCase(Locale.ROOT));
    return isPairs
        ? areas(
            ScoreSource.CLASS_PAIRS, (pairs, state) -> MulticlassAuc.oneVersusOne(pairs, averaging))
        : areas(
            ScoreSource.EACH_CLASS,
            (classes, state) -> MulticlassAuc.oneVersusRest(classes, averaging));
  }

  private static Reading areas(ScoreSource source, ScoreScan.Parts parts) {
    return RankingParameters.reading(source, ScoreView.PLAIN, new RocAuc(), parts);
  }
}
