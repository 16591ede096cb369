/**
 * Evaluators, calibrators and conformal prediction for MLlib pipelines, and a stage that tells rows
 * unlike those of training.
 *
 * <p>May import {@code evaluate} and what that may import, {@code kernel}, {@code sql}, {@code
 * fit}, {@code calibrate}, {@code conformal}, {@code ood}, {@code request}, and Spark with MLlib.
 *
 * @since 0.1.0
 */
package org.sparklosses.ml;
