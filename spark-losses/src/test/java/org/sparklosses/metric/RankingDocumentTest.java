// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparklosses.kernel.RowKernels;
import org.sparklosses.score.Atoms;
import org.sparklosses.score.RocAuc;
import org.sparklosses.testing.MarkdownPage;

/** The table of rates and saturations on the page on ranking scores. */
class RankingDocumentTest {

  private static final int ROWS = 200_000;

  private record Case(double rate, double spread) {}

  private static final List<Case> CASES =
      List.of(
          new Case(1e-6, 1),
          new Case(1e-5, 1),
          new Case(1e-4, 1),
          new Case(5e-4, 1),
          new Case(5e-4, 0.1),
          new Case(0.01, 2),
          new Case(0.5, 2),
          new Case(0.99, 2),
          new Case(0.99999, 1),
          new Case(0.999999, 1),
          new Case(0.5, 30),
          new Case(0.5, 300),
          new Case(0.5, 3000));

  @Test
  void tableOfBounds() {
    StringBuilder table = new StringBuilder();
    table.append("| rate | spread | saturated | area | error in one pass | error_bound |\n");
    table.append("|---|---|---|---|---|---|\n");
    CASES.forEach(c -> table.append(line(c)));
    new MarkdownPage("ranking.md").check("bounds", table.toString());
  }

  private static String line(Case c) {
    BoundMetric area = Metrics.bind(MetricSpec.of("roc_auc"));
    MetricState state = new MetricState(MetricPlan.of(List.of(area), false));
    PredictionRow row = new PredictionRow(RowKernels.get(), 1e-6);
    Random random = new Random(7);
    double[] logOdds = new double[ROWS];
    double[] y = new double[ROWS];
    double centre = StrictMath.log(c.rate / (1 - c.rate));
    int saturated = 0;
    for (int i = 0; i < ROWS; i++) {
      y[i] = i % 20 == 0 ? 1 : 0;
      logOdds[i] = centre + c.spread * (random.nextGaussian() + y[i]);
      double p = 1 / (1 + StrictMath.exp(-logOdds[i]));
      saturated += p == 0 || p == 1 ? 1 : 0;
      row.readLogits(new double[] {0, logOdds[i]}, 2, (int) y[i], 1);
      state.add(row);
    }
    double exact = new RocAuc().of(Atoms.of(logOdds, y, null)).get("value");
    Map<String, Double> onePass = area.read(state).values();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f %% | %.6f | %.0e | %.1e |%n",
        c.rate,
        c.spread,
        100.0 * saturated / ROWS,
        exact,
        Math.abs(onePass.get("value") - exact),
        onePass.get("error_bound"));
  }
}
