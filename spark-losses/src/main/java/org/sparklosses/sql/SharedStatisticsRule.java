// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.runtime.BoxedUnit;

/**
 * Where an operator asks for the statistics of the same logits with a label and without, both are
 * read from those with the label, so that they cost one kernel call and not two.
 */
final class SharedStatisticsRule extends Rule<LogicalPlan> {

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transformUp(Scala.total(SharedStatisticsRule::share));
  }

  private static LogicalPlan share(LogicalPlan operator) {
    List<RowStatisticsExpression> labelled = new ArrayList<>();
    for (Expression expression : Scala.list(operator.expressions())) {
      expression.foreach(
          Scala.function(
              node -> {
                if (node instanceof RowStatisticsExpression statistics && statistics.hasLabel()) {
                  labelled.add(statistics);
                }
                return BoxedUnit.UNIT;
              }));
    }
    return labelled.isEmpty()
        ? operator
        : operator.transformExpressionsUp(Scala.total(node -> labelled(node, labelled)));
  }

  private static Expression labelled(Expression node, List<RowStatisticsExpression> labelled) {
    if (node instanceof RowStatisticsExpression statistics && !statistics.hasLabel()) {
      for (RowStatisticsExpression candidate : labelled) {
        if (candidate.logits().semanticEquals(statistics.logits())) {
          return candidate;
        }
      }
    }
    return node;
  }
}
