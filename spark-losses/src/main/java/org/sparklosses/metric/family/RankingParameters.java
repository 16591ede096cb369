// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric.family;

import static org.sparklosses.function.Parameter.choice;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.Outcome;
import org.sparklosses.metric.Ranks;
import org.sparklosses.metric.Reading;
import org.sparklosses.metric.ScoreScan;
import org.sparklosses.metric.ScoreSource;
import org.sparklosses.metric.ScoreView;
import org.sparklosses.metric.Scores;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.Placements;
import org.sparklosses.score.Scan;

/** The parameters that metrics of ordered scores share, and what they say. */
final class RankingParameters {

  static final Parameter OF =
      choice(
          "of",
          List.of("positive", "positive_logit", "top_label", "mistake"),
          "what is to be found: class 1 of two by its probability or logit, right predictions"
              + " (top_label) or mistakes");

  static final Parameter SCORE =
      choice(
          "score",
          List.of("msp", "max_logit", "neg_entropy", "energy", "margin", "logit_margin", "doctor"),
          "the confidence that orders right predictions and mistakes");

  /** Of slices, and of a state, {@code one_pass} is all there is. */
  static final Parameter METHOD =
      choice(
          "method",
          List.of("one_pass", ScoreScan.EXACT),
          "where scores are too many to be kept: a grid with a bound (one_pass), or a second pass"
              + " over the rows (exact)");

  private RankingParameters() {}

  /** Of the rows that {@code of} and {@code score} name. */
  static Reading found(Settings settings, Scan scan) {
    return reading(source(settings), view(settings), scan, ScoreScan.Parts.AS_SCANNED);
  }

  /** As {@link #found}, of the whole distribution. */
  static Reading foundIn(Settings settings, Function<Atoms, Outcome> outcome) {
    ScoreView view = view(settings);
    return Reading.of(
        new Ranks(source(settings)), scores -> outcome.apply(view.of(scores.ranks(0))));
  }

  /** As {@link #foundIn}, of the scores themselves and not of their order alone. */
  static Reading scoredIn(Settings settings, Function<Atoms, Map<String, Double>> parts) {
    ScoreView view = view(settings);
    return Reading.of(
        new Scores(source(settings)), scores -> Outcome.of(parts.apply(view.of(scores.atoms(0)))));
  }

  /**
   * A reading whose first part is the whole area under the ROC curve of the rows that {@code of}
   * and {@code score} name, laid from {@code low} to 1 where the area goes from 0 to 1: with the
   * standard error of DeLong, DeLong and Clarke-Pearson 1988 ({@link Placements#variance}). On a
   * grid it is that of the area in which rows of one cell are tied.
   */
  static Reading area(Settings settings, double low, Reading reading) {
    Ranks scores = new Ranks(source(settings));
    // Mirrored, for mistakes, the distribution has the same area and the same variance.
    return reading.with(
        new Reading.Bounded(
            low, 1, state -> (1 - low) * Math.sqrt(state.get(scores).placements(0).variance())));
  }

  /** Of the 0/1 loss of the predicted class, by the confidence that {@code score} names. */
  static Reading loss(Settings settings, Scan scan, ScoreScan.Parts parts) {
    return reading(confidence(settings).source(), ScoreView.LOSS, scan, parts);
  }

  /** As {@link #loss}, of the whole distribution. */
  static Reading lossIn(Settings settings, Function<Atoms, Outcome> outcome) {
    return Reading.of(
        new Ranks(confidence(settings).source()),
        scores -> outcome.apply(ScoreView.LOSS.of(scores.ranks(0))));
  }

  /** Of every series of a source. */
  static Reading reading(ScoreSource source, ScoreView view, Scan scan, ScoreScan.Parts parts) {
    return new Reading(List.of(new Ranks(source)), new ScoreScan(source, view, scan, parts));
  }

  private static Confidence confidence(Settings settings) {
    return settings.constant(Confidence.class, "score");
  }

  private static ScoreSource source(Settings settings) {
    String of = settings.text("of");
    Confidence confidence = confidence(settings);
    if (of.equals("top_label") || of.equals("mistake")) {
      return confidence.source();
    }
    if (confidence != Confidence.MSP) {
      throw new IllegalArgumentException(
          "%s: score=%s orders rows by how certain they are and needs of=top_label or of=mistake, got"
                  .formatted(settings.owner(), settings.text("score"))
              + " of="
              + of);
    }
    return of.equals("positive") ? ScoreSource.POSITIVE : ScoreSource.POSITIVE_LOGIT;
  }

  private static ScoreView view(Settings settings) {
    return settings.text("of").equals("mistake") ? ScoreView.MIRRORED : ScoreView.PLAIN;
  }
}
