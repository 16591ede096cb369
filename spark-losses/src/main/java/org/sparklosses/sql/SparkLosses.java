// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.collection.immutable.Seq;

/** Functions for sessions that Spark could not extend itself. */
public final class SparkLosses {

  private SparkLosses() {}

  /**
   * Adds all functions, unqualified, to a session that was started before the jar was on its class
   * path. Any other session has them already; adding them again changes nothing.
   *
   * @param session not a session of Spark Connect: there, the server's session needs the jar
   */
  public static void register(SparkSession session) {
    FunctionRegistry registry = session.sessionState().functionRegistry();
    for (SqlFunction function : SqlFunction.ALL) {
      registry.registerFunction(
          builtin(function.identifier().funcName()), function.info(), function.builder());
    }
    Seq<Rule<LogicalPlan>> rules = session.experimental().extraOptimizations();
    if (!rules.exists(Scala.predicate(rule -> rule instanceof SharedStatisticsRule))) {
      session
          .experimental()
          .extraOptimizations_$eq(Scala.append(rules, new SharedStatisticsRule()));
    }
  }

  /**
   * A name in the form in which this Spark registers functions of its own: as it is up to 4.1, with
   * catalog and namespace from 4.2 on.
   */
  private static FunctionIdentifier builtin(String name) {
    FunctionIdentifier own = FunctionRegistry.builtin().listFunction().head();
    return own.copy(name, own.database(), own.catalog());
  }
}
