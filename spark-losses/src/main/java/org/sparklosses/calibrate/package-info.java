/**
 * Calibrators of a probability of two classes: methods that fit a map from scores to probabilities,
 * and corrections that need no fit.
 *
 * <p>Rows become a table once ({@link org.sparklosses.calibrate.BinaryTable}: distinct scores, or
 * cells of logits, with the weight of either class), and every method ({@link
 * org.sparklosses.calibrate.BinaryCalibrator}) fits from the table alone. The sums of a table are
 * exact and its order is that of the scores, so that a fit has the same bits in any order and
 * partitioning of the rows. A fit tells its map ({@link org.sparklosses.calibrate.BinaryMap}), what
 * it found of the rows ({@link org.sparklosses.calibrate.FitStatus}) and what the map is worth; a
 * map is always usable. Methods are found by name ({@link
 * org.sparklosses.calibrate.BinaryCalibrators}). Those of more classes are in {@code multiclass}.
 *
 * <p>Predicted effects of a treatment are calibrated by {@link
 * org.sparklosses.calibrate.CausalIsotonic}.
 *
 * <p>Pure functions. May import {@code exact}, {@code function}, {@code kernel}, {@code score} and
 * commons-math3, which every Spark brings along. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.calibrate;
