/**
 * The evaluation of forecasts of a number in one pass over a table, over all rows and by slice.
 *
 * <p>May import {@code exact}, {@code metric}, {@code inference}, {@code regression}, {@code table}
 * and {@code evaluate}, and Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.forecast;
