/**
 * Metrics over tables of predictions: the exact mergeable state that one pass over the rows fills,
 * and the metrics that are read off it. A metric is an entry of a {@link
 * org.sparklosses.metric.MetricFamily}; those of the catalogue are in {@code metric.family}.
 *
 * <p>Rows come one by one ({@link org.sparklosses.metric.PredictionRow}) or, where they are short,
 * in blocks ({@link org.sparklosses.metric.PredictionBlock}); a state is the same either way. A
 * metric need not know of blocks. Those that nearly every evaluation asks for do, for speed: a mean
 * by a column ({@link org.sparklosses.metric.ColumnScalar}), a component by the method of its state
 * that adds a block. A block knows rows alone, none of those who ask it; what they compute of it or
 * need as scratch they attach to it ({@link org.sparklosses.metric.PredictionBlock.Attachment}).
 *
 * <p>API are the names, results and checks: {@link org.sparklosses.metric.MetricSpec}, {@link
 * org.sparklosses.metric.Metrics}, {@link org.sparklosses.metric.Metric}, {@link
 * org.sparklosses.metric.BoundMetric}, {@link org.sparklosses.metric.MetricResult}, {@link
 * org.sparklosses.metric.Table} and what it permits, {@link
 * org.sparklosses.metric.ConfidenceInterval}, {@link org.sparklosses.metric.Compat}, {@link
 * org.sparklosses.metric.InputCheck} and {@link org.sparklosses.metric.Ledger}. All else is
 * internal, public for the packages that stand on this one, and may change in any release: states
 * and their components, rows and blocks, and what a family is written with ({@link
 * org.sparklosses.metric.Reading}, {@link org.sparklosses.metric.RowScalar}, {@link
 * org.sparklosses.metric.ScoreSource}, {@link org.sparklosses.metric.BinTable}).
 *
 * <p>May import {@code exact}, {@code kernel}, {@code function}, {@code score} and commons-math3,
 * which every Spark brings along; nothing of Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.metric;
