/**
 * The rows of tables that calibrators and conformal thresholds are fitted to, out of tables: read
 * and judged as an evaluation reads them.
 *
 * <p>Internal. May import {@code calibrate}, {@code conformal}, {@code exact}, {@code metric},
 * {@code table} and Spark.
 */
package org.sparklosses.fit;
