/**
 * The programs: subcommands of one main class for spark-submit, for Maven and for plain Java. They
 * read tables, call {@code evaluate} and write what {@code report} makes of the result.
 *
 * <p>May import {@code evaluate}, {@code compare}, {@code forecast}, {@code table}, {@code metric}
 * and {@code report}, Spark and what it brings along (Hadoop, Parquet, Log4j), and picocli.
 */
package org.sparklosses.jobs;
