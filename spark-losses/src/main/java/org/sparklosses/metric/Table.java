// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/** What a metric has to show besides numbers. */
public sealed interface Table permits ReliabilityTable, ClassTable, NumberTable {}
