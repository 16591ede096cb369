/**
 * How rows come out of Spark and how groups of them travel: the columns that a table is declared to
 * have, readers of rows and of batches, what is done about rows with a fault, slices, the one scan,
 * the merging of what it keeps, and the frame of stored states. It knows rows of predictions and
 * what was found of them, but no metric.
 *
 * <p>Internal, public for the packages that stand on it, but for {@link
 * org.sparklosses.table.Policy} and the exceptions ({@link org.sparklosses.table.NamedException},
 * {@link org.sparklosses.table.EvaluationException}, {@link
 * org.sparklosses.table.InvalidRowException}): all else may change in any release.
 *
 * <p>May import {@code kernel}, {@code score}, {@code function}, {@code exact}, {@code metric} and
 * {@code inference}, and Spark with MLlib.
 */
package org.sparklosses.table;
