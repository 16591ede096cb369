/**
 * What people and programs get of an evaluation: a console table, JSON and one HTML page. Pure
 * functions from a result to text.
 *
 * <p>May import {@code table}, {@code evaluate}, {@code compare}, {@code calibrate}, {@code
 * inference} and {@code metric}, and Jackson, which Spark brings.
 *
 * @since 0.1.0
 */
package org.sparklosses.report;
