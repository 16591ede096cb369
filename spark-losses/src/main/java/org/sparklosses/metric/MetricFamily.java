// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.List;

/**
 * A group of related metrics, defined in one file. A family is found by {@link
 * java.util.ServiceLoader}: its class has a public constructor without arguments and is named in
 * {@code META-INF/services/org.sparklosses.metric.MetricFamily}.
 */
public interface MetricFamily {

  /** The metrics, in the order in which documentation lists them. */
  List<Metric> metrics();
}
