// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.catalyst.expressions.ApplyFunctionExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.V2Aggregator;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Puts the native expression in the place of a function of {@link LossCatalog}. */
final class CatalogFunctionRule extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.resolveExpressions(Scala.total(CatalogFunctionRule::nativeForm));
  }

  private static Expression nativeForm(Expression node) {
    if (node instanceof ApplyFunctionExpression call) {
      if (call.function() instanceof CatalogFunction function) {
        return Call.of(function.definition(), call.children());
      }
      if (call.function() instanceof CatalogCalibration calibration) {
        return calibration.function().of(call.children());
      }
      return call.function() instanceof CatalogStateFunction ofState
          ? ofState.function().of(call.children())
          : node;
    }
    return node instanceof V2Aggregator<?, ?> call
            && call.aggrFunc() instanceof CatalogStateAggregate aggregate
        ? aggregate.function().of(call.children())
        : node;
  }
}
