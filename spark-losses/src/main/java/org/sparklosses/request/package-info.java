/**
 * What an evaluation, a comparison or an evaluation of forecasts is to do, as JSON, and what comes
 * of it, as texts: how other languages than Java, and clients that are not in this JVM, ask for
 * them. A key of the JSON is a method of the builder, and its value the argument.
 *
 * <p>Internal, public for {@code ml} alone.
 *
 * <p>May import {@code function}, {@code metric}, {@code table}, {@code evaluate}, {@code compare},
 * {@code forecast} and {@code report}, Spark, and Jackson, which Spark brings.
 *
 * @since 0.1.0
 */
package org.sparklosses.request;
