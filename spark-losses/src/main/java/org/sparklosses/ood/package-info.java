/**
 * How far a row's features are from those that a model was trained on. Pure; a fit is a state of
 * exact sums over rows.
 *
 * <p>May import {@code exact}. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.ood;
