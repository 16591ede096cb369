/**
 * Metrics over tables of predictions: the exact mergeable state that one pass over the rows fills,
 * and the metrics that are read off it. A metric is an entry of a {@link
 * org.sparklosses.metric.MetricFamily}.
 *
 * <p>Rows come one by one ({@link org.sparklosses.metric.PredictionRow}) or, where they are short,
 * in blocks ({@link org.sparklosses.metric.PredictionBlock}); a state is the same either way. A
 * metric need not know of blocks. Those that nearly every evaluation asks for do, for speed: a mean
 * by a column ({@link org.sparklosses.metric.RowScalar#of}), a component by a {@link
 * org.sparklosses.metric.BlockwiseState}.
 *
 * <p>May import {@code exact}, {@code kernel}, {@code function}, {@code score} and commons-math3,
 * which every Spark brings along; nothing of Spark.
 */
package org.sparklosses.metric;
