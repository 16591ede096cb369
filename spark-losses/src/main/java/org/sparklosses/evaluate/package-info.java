/**
 * The evaluation of a table of predictions in one pass: which metrics, with which intervals, what
 * is kept of a group of rows and read off it, and gates.
 *
 * <p>Internal, public for {@code compare}, {@code forecast}, {@code request} and {@code jobs}
 * alone: {@link org.sparklosses.evaluate.EvaluationSpec}, {@link
 * org.sparklosses.evaluate.IntervalSettings} and {@link org.sparklosses.evaluate.Intervals}.
 *
 * <p>May import {@code function}, {@code score}, {@code exact}, {@code metric}, {@code inference}
 * and {@code table}, and Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.evaluate;
