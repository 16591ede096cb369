/**
 * The evaluation of a table of predictions in one pass: what to compute, by which slices, under
 * which input policy.
 *
 * <p>May import {@code kernel}, {@code function}, {@code exact}, {@code metric} and {@code
 * inference}, and Spark.
 */
package org.sparklosses.evaluate;
