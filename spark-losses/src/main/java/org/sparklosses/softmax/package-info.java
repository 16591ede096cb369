/**
 * The softmax family, and what a row of logits says before a loss is chosen: the predicted class,
 * how sure the model is, whether it is right. Pure functions of a row.
 *
 * <p>May import {@code function} and {@code kernel}. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.softmax;
