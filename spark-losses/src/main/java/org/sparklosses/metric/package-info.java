/**
 * Metrics over tables of predictions: the exact mergeable state that one pass over the rows fills,
 * and the metrics that are read off it. A metric is an entry of a {@link
 * org.sparklosses.metric.MetricFamily}.
 *
 * <p>May import {@code kernel}, {@code function} and {@code score}; nothing of Spark.
 */
package org.sparklosses.metric;
