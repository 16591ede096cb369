// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/**
 * How sure a number is.
 *
 * @param low the lower end
 * @param high the upper end
 * @param level the probability with which such intervals cover the truth, in (0, 1)
 * @param standardError the standard deviation of the number over tables like this one
 */
public record ConfidenceInterval(double low, double high, double level, double standardError) {}
