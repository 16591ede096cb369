/**
 * Scores in order: the distribution of a score with the outcomes observed at it, and the pure
 * functions that are read off it (ranking, selective prediction, bin-free calibration). A
 * distribution is a sequence of {@link org.sparklosses.score.Atoms}: distinct scores where it is
 * exact, cells of a fixed grid where it is not.
 *
 * <p>May import nothing but the JDK and commons-math3, which every Spark brings along.
 *
 * @since 0.1.0
 */
package org.sparklosses.score;
