/**
 * The functions in Spark SQL: unqualified in every session ({@link
 * org.sparklosses.sql.SparkLossesExtensions}, found by Spark itself) and as a catalog ({@link
 * org.sparklosses.sql.LossCatalog}).
 *
 * <p>A function that is arithmetic on the row's statistics is an expression over one {@code
 * RowStatisticsExpression}; since equal expressions are evaluated once a row, any number of such
 * functions of the same columns cost one kernel call a row.
 *
 * <p>May import {@code kernel}, {@code function}, {@code metric}, {@code calibrate}, {@code table}
 * and {@code evaluate}, and Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.sql;
