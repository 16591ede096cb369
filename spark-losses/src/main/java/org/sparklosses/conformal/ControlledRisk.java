// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

/**
 * The parameter that keeps a risk low.
 *
 * @param lambda the least value that does; the last one if none does
 * @param isControlled whether it does; with few rows, or with losses that stay high, none may
 * @param risk the mean loss of the rows of the fit at lambda; NaN without rows
 * @param rows how many they were
 */
public record ControlledRisk(double lambda, boolean isControlled, double risk, long rows) {}
