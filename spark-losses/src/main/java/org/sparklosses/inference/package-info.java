/**
 * How sure a figure is: standard errors, intervals, paired tests, adjustments for many tests, and a
 * bootstrap whose draws follow from a hash of the row's key.
 *
 * <p>Pure functions of rows or of sums over rows. May import {@code exact}, {@code metric}, {@code
 * score} and commons-math3, which every Spark brings along. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.inference;
