// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

/**
 * How the rows of two tables were matched by their keys.
 *
 * @param matched keys that both tables have; these rows are compared
 * @param onlyFirst rows of the first table without a partner, those whose key is NULL included
 * @param onlySecond the same of the second table
 */
public record KeyCounts(long matched, long onlyFirst, long onlySecond) {}
