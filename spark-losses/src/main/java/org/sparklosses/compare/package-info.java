/**
 * The comparison of models on the same rows: paired differences of means, areas under ROC curves,
 * intervals and tests, over all rows and by slice.
 *
 * <p>May import {@code kernel}, {@code score}, {@code exact}, {@code metric}, {@code inference},
 * {@code table} and {@code evaluate}, and Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.compare;
