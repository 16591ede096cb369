/**
 * Evaluators for MLlib pipelines.
 *
 * <p>May import {@code evaluate} and what that may import, and Spark with MLlib.
 */
package org.sparklosses.ml;
