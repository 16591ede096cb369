/**
 * Calibrators of more than two classes: temperature, and affine maps of log-probabilities that are
 * held near it. Fits read the rows in a few scans ({@link
 * org.sparklosses.calibrate.multiclass.LogitRows}), each of which gives exact sums: the same map
 * from the same rows, however they are parted and ordered. Between scans everything runs on the
 * sums and on a sample of a few thousand rows.
 *
 * <p>May import what {@code calibrate} may, and that; no Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.calibrate.multiclass;
