// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.score;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Areas under the risk-coverage curve: rows are accepted from the most confident on, the selective
 * risk is the mean loss of the accepted ones, the score being the confidence and the outcome the
 * loss. Tied rows are accepted together.
 *
 * <p>Parts, NaN without rows:
 *
 * <ul>
 *   <li>{@code step}: the mean selective risk (Geifman, Uziel and El-Yaniv 2019, arXiv:1805.08206),
 *       {@code trapezoid}: by the trapezoidal rule, level down to coverage 0 (Jaeger et al. 2023,
 *       arXiv:2211.15259);
 *   <li>{@code augrc}: the area under accepted loss over the weight of all rows (Traub et al. 2024,
 *       arXiv:2407.01032);
 *   <li>{@code risk} r, the mean loss; for losses of 0 or 1 the least areas of infinitely many
 *       rows, {@code optimal}, r + (1 - r) ln(1 - r), and of any number {@code augrc_optimal}, r^2
 *       / 2; {@code eaurc_step} and {@code eaurc_trapezoid}, the excess over {@code optimal}, which
 *       the best order of few rows does not reach ({@link BestOrder});
 *   <li>{@code step_error_bound}, {@code trapezoid_error_bound}, {@code augrc_error_bound}: how far
 *       an order inside the cells of a grid can move the areas, for losses in [0, 1]; the excess
 *       areas move with theirs.
 * </ul>
 */
public record Aurc() implements Scan {

  private static final int STEP = 0;
  private static final int TRAPEZOID = 1;
  private static final int GENERALIZED = 2;
  private static final int STEP_LOW = 3;
  private static final int STEP_HIGH = 4;
  private static final int TRAPEZOID_LOW = 5;
  private static final int TRAPEZOID_HIGH = 6;
  private static final int GENERALIZED_SLACK = 7;
  private static final int SUMS = 8;

  @Override
  public double[] scan(Atoms stretch, Sums below, Sums above) {
    CompensatedSum[] sums = new CompensatedSum[SUMS];
    for (int i = 0; i < SUMS; i++) {
      sums[i] = new CompensatedSum();
    }
    Descent at = new Descent(stretch, above);
    while (at.next()) {
      double weight = at.atomWeight();
      double risk = at.outcome() / at.weight();
      double riskAbove = at.weightAbove() > 0 ? at.outcomeAbove() / at.weightAbove() : risk;
      double step = weight * risk;
      double trapezoid = weight * (riskAbove + risk) / 2;
      sums[STEP].add(step);
      sums[TRAPEZOID].add(trapezoid);
      sums[GENERALIZED].add(weight * (at.outcomeAbove() + at.outcome()) / 2);
      if (!stretch.isExact()) {
        addBounds(CellRisk.of(at), sums);
      }
    }
    double[] scanned = new double[SUMS];
    for (int i = 0; i < SUMS; i++) {
      scanned[i] = sums[i].value();
    }
    if (stretch.isExact()) {
      scanned[STEP_LOW] = scanned[STEP];
      scanned[STEP_HIGH] = scanned[STEP];
      scanned[TRAPEZOID_LOW] = scanned[TRAPEZOID];
      scanned[TRAPEZOID_HIGH] = scanned[TRAPEZOID];
    }
    return scanned;
  }

  /**
   * The step curve takes the risk at the right end of a group, which lies between the least and the
   * largest risk from there to the end of the cell; the trapezoid takes the mean with the left end,
   * which lies between those from the start of the cell to there.
   */
  private static void addBounds(CellRisk cell, CompensatedSum[] sums) {
    double highest = cell.high(cell.loss());
    double lowest = cell.low(cell.correct());
    sums[STEP_LOW].add(cell.correct() * lowest + cell.risingLow());
    sums[STEP_HIGH].add(cell.loss() * highest + cell.fallingHigh());
    sums[TRAPEZOID_LOW].add((cell.weight() * lowest + cell.fallingLow() + cell.risingLow()) / 2);
    sums[TRAPEZOID_HIGH].add(
        (cell.weight() * highest + cell.risingHigh() + cell.fallingHigh()) / 2);
    sums[GENERALIZED_SLACK].add(cell.loss() * cell.correct() / 2);
  }

  @Override
  public double[] join(double[] lower, double[] higher) {
    return Parts.sum(lower, higher);
  }

  @Override
  public Map<String, Double> read(double[] scanned, Sums total) {
    double weight = total.weight();
    double step = scanned[STEP] / weight;
    double trapezoid = scanned[TRAPEZOID] / weight;
    double risk = total.outcome() / weight;
    double optimal = risk < 1 ? risk + (1 - risk) * StrictMath.log1p(-risk) : 1;
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("step", step);
    parts.put("trapezoid", trapezoid);
    parts.put("augrc", scanned[GENERALIZED] / weight / weight);
    parts.put("optimal", optimal);
    parts.put("eaurc_step", step - optimal);
    parts.put("eaurc_trapezoid", trapezoid - optimal);
    parts.put("augrc_optimal", 0.5 * risk * risk);
    parts.put("risk", risk);
    parts.put("step_error_bound", bound(scanned, STEP, STEP_LOW, STEP_HIGH) / weight);
    parts.put(
        "trapezoid_error_bound", bound(scanned, TRAPEZOID, TRAPEZOID_LOW, TRAPEZOID_HIGH) / weight);
    parts.put("augrc_error_bound", scanned[GENERALIZED_SLACK] / weight / weight);
    if (!(weight > 0)) {
      parts.replaceAll((name, value) -> Double.NaN);
    }
    return parts;
  }

  private static double bound(double[] scanned, int value, int low, int high) {
    return Parts.distance(scanned[value], scanned[low], scanned[high]);
  }
}
