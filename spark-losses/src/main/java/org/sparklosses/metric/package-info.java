/**
 * Metrics over tables of predictions: the exact mergeable state that one pass over the rows fills,
 * and the metrics that are read off it. A metric is one constant of {@link
 * org.sparklosses.metric.Metric}.
 *
 * <p>May import {@code kernel} and {@code function}; nothing of Spark.
 */
package org.sparklosses.metric;
