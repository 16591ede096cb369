// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.Range;
import org.sparklosses.function.Settings;
import org.sparklosses.metric.MultilabelState;
import org.sparklosses.metric.ScoreScale;

/**
 * What {@code multilabel_metrics} computes.
 *
 * @param scores the scores as SQL text, for messages
 * @param targets the targets as SQL text
 * @param kind what the scores are
 * @param threshold labels with a score above it are predicted
 */
record MultilabelSpec(String scores, String targets, Kind kind, double threshold)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Parameter SCORES =
      OptionText.choice("scores", Kind.class, "what the scores are");

  /** What scores are. */
  enum Kind {
    /** Of each label its probability. */
    PROBABILITIES(ScoreScale.PROBABILITY, 0.5),
    /** Of each label the logarithm of its odds. */
    LOGITS(ScoreScale.LOG_ODDS, 0);

    private final ScoreScale scale;
    private final double usualThreshold;

    Kind(ScoreScale scale, double usualThreshold) {
      this.scale = scale;
      this.usualThreshold = usualThreshold;
    }
  }

  /**
   * Reads options, {@code key=value} separated by semicolons: {@code scores} is {@code
   * probabilities} (default) or {@code logits}, {@code threshold} a number, by default 0.5 of
   * probabilities and 0 of logits.
   *
   * @throws IllegalArgumentException for an option or a value that there is not
   */
  static MultilabelSpec of(String scores, String targets, String options) {
    Map<String, String> values = OptionText.values(options);
    String given = values.get(SCORES.name());
    Kind kind = given == null ? Kind.PROBABILITIES : OptionText.constant(Kind.class, SCORES, given);
    Settings settings = Settings.parse(OptionText.OWNER, List.of(SCORES, threshold(kind)), values);
    return new MultilabelSpec(scores, targets, kind, settings.number("threshold"));
  }

  private static Parameter threshold(Kind kind) {
    Range range =
        kind == Kind.LOGITS
            ? new Range("other than NaN", value -> !((Double) value).isNaN())
            : new Range("in [0, 1]; of logits say scores=logits too", Range.closed(0, 1).allowed());
    return Parameter.number(
        "threshold", kind.usualThreshold, range, "labels with a score above it are predicted");
  }

  /** Whether scores are logits. */
  boolean isLogits() {
    return kind == Kind.LOGITS;
  }

  /** The scale of the scores. */
  ScoreScale scale() {
    return kind.scale;
  }

  MultilabelState newState() {
    return new MultilabelState(kind.scale, threshold);
  }
}
