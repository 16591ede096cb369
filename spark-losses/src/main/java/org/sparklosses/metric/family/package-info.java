/**
 * The metrics that users name, a family of them in each {@link
 * org.sparklosses.metric.MetricFamily}, and the parameters that families share. A family says what
 * a metric needs of a state and how it is read; it sees no row but through the numbers and pairs
 * that it names.
 *
 * <p>May import {@code metric} and what that may import. Nothing imports this package: families are
 * found by {@link java.util.ServiceLoader}.
 *
 * <p>Internal but for the names and parameters of the metrics, which {@code docs/metrics.md} lists.
 */
package org.sparklosses.metric.family;
