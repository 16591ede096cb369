package org.sparklosses.evaluate;

import java.io.Serializable;
import java.util.Map;
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

  private static final String KNOWN_OPTIONS = "threshold, scores";

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
    Kind kind = Kind.PROBABILITIES;
    String threshold = null;
    for (Map.Entry<String, String> option : OptionText.values(options).entrySet()) {
      switch (option.getKey()) {
        case "scores" -> kind = OptionText.constant(Kind.class, "scores", option.getValue());
        case "threshold" -> threshold = option.getValue();
        default -> throw OptionText.unknown(option.getKey(), KNOWN_OPTIONS);
      }
    }
    return new MultilabelSpec(
        scores,
        targets,
        kind,
        threshold == null ? kind.usualThreshold : threshold(threshold, kind));
  }

  private static double threshold(String text, Kind kind) {
    double threshold = OptionText.number("threshold", text);
    if (kind == Kind.PROBABILITIES && !(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException(
          "option 'threshold' takes a probability, 0 to 1, not %s; of logits say scores=logits too"
              .formatted(text));
    }
    return threshold;
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
