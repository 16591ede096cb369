// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

/**
 * Classes of a row with their probabilities, side by side and in the order that the function says.
 *
 * @param classes indices from 0; not to be changed
 * @param probabilities of the same length, in [0, 1]; not to be changed
 */
// Made for every row, and read in place.
@SuppressWarnings("ArrayRecordComponent")
public record ClassProbabilities(int[] classes, double[] probabilities) {}
