// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.Function1;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Adds all functions to a Spark session. Spark finds this class by {@code META-INF/services}: with
 * the jar on the class path when the session starts, there is nothing to configure.
 */
public final class SparkLossesExtensions implements SparkSessionExtensionsProvider {

  /** For Spark. */
  public SparkLossesExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    for (SqlFunction function : SqlFunction.ALL) {
      extensions.injectFunction(
          new Tuple3<>(function.identifier(), function.info(), function.builder()));
    }
    extensions.injectResolutionRule(rule(new CatalogFunctionRule()));
    extensions.injectOptimizerRule(rule(new SharedStatisticsRule()));
    return BoxedUnit.UNIT;
  }

  private static Function1<SparkSession, Rule<LogicalPlan>> rule(Rule<LogicalPlan> rule) {
    return new AbstractFunction1<>() {
      @Override
      public Rule<LogicalPlan> apply(SparkSession session) {
        return rule;
      }
    };
  }
}
