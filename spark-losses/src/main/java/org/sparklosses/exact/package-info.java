/**
 * Sums and counts that never round: whatever is added, in any order, partitioning or shape of the
 * merge tree, gives the same bits. Sums of doubles ({@link org.sparklosses.exact.ExactSums}), cells
 * that count pairs of a probability and an outcome ({@link org.sparklosses.exact.Cells}), the bins
 * and keys that say which cell it is, and what they are written with ({@link
 * org.sparklosses.exact.Longs}) and checked by when they are read ({@link
 * org.sparklosses.exact.Lengths}).
 *
 * <p>They know numbers and arrays alone: no row, no metric. May import {@code kernel}; nothing of
 * Spark.
 *
 * <p>Internal: no part of the API, may change in any release. What is written keeps its layout as
 * long as the states of {@code evaluate} do.
 */
package org.sparklosses.exact;
