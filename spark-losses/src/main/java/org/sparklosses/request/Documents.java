// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

/**
 * A result as texts.
 *
 * @param json all of it, see {@link org.sparklosses.report.JsonReport} and {@link
 *     org.sparklosses.report.ComparisonJson}
 * @param html the page
 * @param console the table for a terminal
 */
public record Documents(String json, String html, String console) {}
