/**
 * Losses of one row, by family: arithmetic on the row's statistics where that suffices, else on the
 * row. A loss is added by an entry in one family file.
 *
 * <p>May import {@code function}, {@code kernel} and {@code softmax}. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.loss;
