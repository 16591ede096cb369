/**
 * Forecasts of a number: how far they are off, how well their uncertainty is calibrated and how
 * sharp they are. Pure functions of one row, which are SQL functions too, and states of exact sums
 * over rows, the same in any order and partitioning.
 *
 * <p>May import {@code function}, {@code exact}, {@code metric}, {@code inference}, {@code score}
 * and commons-math3, which every Spark brings along. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.regression;
