// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.testing;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One local Spark session for all tests of a JVM. In JUnit 5,
 * {@code @ExtendWith(SharedSession.class)} hands it to any test method or constructor with a {@link
 * SparkSession} parameter; in ScalaTest, mix in {@code SharedSparkSession}.
 */
public final class SharedSession implements ParameterResolver {

  private static final class Holder {
    static final SparkSession SESSION =
        SparkSession.builder()
            .master("local[2]")
            .appName("spark-losses tests")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.sql.catalog.losses", "org.sparklosses.sql.LossCatalog")
            .config("spark.sql.warehouse.dir", "target/spark-warehouse")
            .getOrCreate();
  }

  /** The session, started on the first call. It stops with the JVM. */
  public static SparkSession get() {
    return Holder.SESSION;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SparkSession.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return get();
  }
}
