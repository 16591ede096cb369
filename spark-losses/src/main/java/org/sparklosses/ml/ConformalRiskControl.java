// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.sparklosses.conformal.ControlledRisk;
import org.sparklosses.fit.RiskScan;
import org.sparklosses.table.RowSpec;
import org.sparklosses.table.Warnings;

/**
 * Chooses a parameter lambda so that the expected loss of a new row is at most alpha, in one scan:
 * the least lambda for which {@code (sum of losses + bound) / (n + 1)} is at most alpha
 * (Angelopoulos et al. 2022, arXiv:2208.02814). A loss may be the share of the true labels that a
 * set of several misses, a false negative rate, or 1 where a label is missed, which gives
 * prediction sets.
 *
 * <pre>{@code
 * ControlledRisk risk =
 *     ConformalRiskControl.of("losses", 0.1, 0.2, 0.3).run(table, 0.05).get(0);
 * }</pre>
 *
 * <p>Immutable: every method returns a new one.
 */
public final class ConformalRiskControl {

  private final String lossesCol;
  private final double[] lambdas;
  private final double bound;
  private final String handleInvalid;

  private ConformalRiskControl(
      String lossesCol, double[] lambdas, double bound, String handleInvalid) {
    this.lossesCol = lossesCol;
    this.lambdas = lambdas;
    this.bound = bound;
    this.handleInvalid = handleInvalid;
  }

  /**
   * Of a column of losses, with the bound 1.
   *
   * @param lossesCol arrays of numbers: the loss of the row for each lambda, which never rises with
   *     lambda
   * @param lambdas ascending, at least one
   */
  public static ConformalRiskControl of(String lossesCol, double... lambdas) {
    boolean isAscending = lambdas.length > 0 && Double.isFinite(lambdas[0]);
    for (int i = 1; i < lambdas.length; i++) {
      isAscending &= lambdas[i - 1] < lambdas[i];
    }
    if (!isAscending) {
      throw new IllegalArgumentException(
          "lambdas = %s are not allowed; give numbers that ascend"
              .formatted(Arrays.toString(lambdas)));
    }
    return new ConformalRiskControl(lossesCol, lambdas.clone(), 1, InvalidRows.byDefault());
  }

  /** With another bound of losses: none is more. */
  public ConformalRiskControl bound(double most) {
    if (!Double.isFinite(most)) {
      throw new IllegalArgumentException(
          "bound = " + most + " is not allowed; give a number that no loss is above");
    }
    return new ConformalRiskControl(lossesCol, lambdas, most, handleInvalid);
  }

  /**
   * With {@code error}, the default, or {@code skip} for rows whose array is NULL, has a NULL or
   * another length, or holds a number that is not finite.
   */
  public ConformalRiskControl setHandleInvalid(String value) {
    return new ConformalRiskControl(lossesCol, lambdas, bound, InvalidRows.checked(value));
  }

  /**
   * The choice for each alpha.
   *
   * @param alphas the risks that are allowed, each below the bound
   * @throws IllegalArgumentException if the column is missing or has a type that cannot be used, or
   *     an alpha is not below the bound
   * @throws org.sparklosses.table.EvaluationException at a row that cannot be used, or whose losses
   *     rise with lambda or are above the bound
   */
  public List<ControlledRisk> run(Dataset<?> table, double... alphas) {
    for (double alpha : alphas) {
      if (!(alpha < bound)) {
        throw new IllegalArgumentException(
            "alpha = %s is not allowed; give a risk below the bound of losses, %s"
                .formatted(alpha, bound));
      }
    }
    RowSpec rows = InvalidRows.handled(RowSpec.of(lossesCol), handleInvalid);
    RiskScan scan = RiskScan.of(table, rows, lambdas.length, bound);
    Warnings.log(scan.ledger());
    List<ControlledRisk> chosen = new ArrayList<>();
    for (double alpha : alphas) {
      chosen.add(scan.sums().choose(lambdas, alpha));
    }
    return chosen;
  }
}
