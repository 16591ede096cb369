/**
 * The evaluation of a table of predictions in one pass: what to compute, by which slices, under
 * which input policy.
 *
 * <p>May import {@code kernel}, {@code score}, {@code function}, {@code exact}, {@code metric},
 * {@code inference} and {@code regression}, and Spark with MLlib.
 */
package org.sparklosses.evaluate;
