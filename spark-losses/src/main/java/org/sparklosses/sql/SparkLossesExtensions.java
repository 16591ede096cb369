package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
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
    for (RowFunction function : RowFunctions.all()) {
      for (String name : names(function)) {
        extensions.injectFunction(
            new Tuple3<>(
                new FunctionIdentifier(name),
                FunctionInfo.of(name, function),
                Scala.function(arguments -> Call.of(function, arguments))));
      }
    }
    for (StateFunction function : StateFunction.values()) {
      extensions.injectFunction(
          new Tuple3<>(
              new FunctionIdentifier(function.sqlName()),
              function.info(),
              Scala.function(function::of)));
    }
    extensions.injectResolutionRule(rule(new CatalogFunctionRule()));
    extensions.injectOptimizerRule(rule(new SharedStatisticsRule()));
    return BoxedUnit.UNIT;
  }

  static List<String> names(RowFunction function) {
    List<String> names = new ArrayList<>(function.aliases());
    names.add(0, function.name());
    return names;
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
