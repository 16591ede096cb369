/**
 * What a function of one row of predictions is: its name, its parameters with their defaults and
 * ranges, its documentation and its arithmetic, defined in one place and used by SQL, evaluators
 * and documentation alike. The functions themselves live by family in {@code softmax} and {@code
 * loss}; {@link org.sparklosses.function.RowFunctions} finds them.
 *
 * <p>May import {@code kernel}. No Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.function;
