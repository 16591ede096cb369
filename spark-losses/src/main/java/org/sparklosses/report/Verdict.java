// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.compare.Difference;

/** What a comparison comes to, in a sentence or two: who is better, who is worse, by how much. */
final class Verdict {

  private Verdict() {}

  /** Of the first metric that is tested and has a best end; none if there is no such. */
  static Optional<String> of(ComparisonResult result) {
    List<Difference> tested =
        result.overall().differences().stream()
            .filter(d -> !Double.isNaN(d.interval().low()) && Labels.ideal(d).isEmpty())
            .toList();
    if (tested.isEmpty()) {
      return Optional.empty();
    }
    String metric = tested.get(0).metric();
    List<Difference> ofMetric =
        tested.stream()
            .filter(d -> d.metric().equals(metric))
            .sorted(Comparator.comparingDouble(Verdict::loss))
            .toList();
    Difference best = ofMetric.get(0);
    String baseline = result.models().get(0);
    String gain =
        isBeyondChance(best) && loss(best) < 0
            ? "%s is %s than %s.".formatted(told(best), better(best), baseline)
            : "no model is %s than %s beyond chance%s."
                .formatted(better(best), baseline, loss(best) < 0 ? "; next is " + told(best) : "");
    String worse = harm(ofMetric, d -> loss(d) > 0 && isBeyondChance(d));
    return Optional.of(metric + ": " + gain + worse);
  }

  /** The difference, above 0 where the model is worse. */
  private static double loss(Difference d) {
    return d.isLargerBetter() ? -d.difference() : d.difference();
  }

  private static boolean isBeyondChance(Difference d) {
    return d.interval().low() > 0 || d.interval().high() < 0;
  }

  private static String better(Difference d) {
    return d.isLargerBetter() ? "higher" : "lower";
  }

  private static String told(Difference d) {
    return "%s (%s, %s to %s)"
        .formatted(
            d.model(),
            number(d.difference()),
            number(d.interval().low()),
            number(d.interval().high()));
  }

  private static String harm(List<Difference> differences, Predicate<Difference> isWorse) {
    String worse =
        differences.stream().filter(isWorse).map(Verdict::told).collect(Collectors.joining(", "));
    return worse.isEmpty() ? "" : " Worse beyond chance: " + worse + ".";
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.5f", x);
  }
}
