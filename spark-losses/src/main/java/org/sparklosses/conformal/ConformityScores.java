// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.sparklosses.calibrate.MethodNames;
import org.sparklosses.function.Settings;

/** The scores of classes, by name. */
public final class ConformityScores {

  private static final MethodNames<ConformityScore> SCORES =
      MethodNames.of(
          "conformity score",
          ServiceLoader.load(ConformityScore.class, ConformityScores.class.getClassLoader()),
          ConformityScore::name);

  private ConformityScores() {}

  /** All with their defaults, in the order of the documentation. */
  public static List<ConformityScore> all() {
    return SCORES.all();
  }

  /**
   * The score of this name.
   *
   * @param settings by name, as text; what is absent takes its default
   * @throws IllegalArgumentException if there is none, or a setting is unknown or impossible
   */
  public static ConformityScore named(String name, Map<String, String> settings) {
    ConformityScore score = SCORES.named(name);
    return score.with(Settings.parse(name, score.parameters(), settings));
  }
}
