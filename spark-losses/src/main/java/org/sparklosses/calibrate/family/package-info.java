/**
 * Metrics of what calibrators would gain, and what states keep to fit them from: no row is read
 * again.
 *
 * <p>May import what {@code calibrate} may, that, and {@code metric}; no Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.calibrate.family;
