// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the notes of {@code notebooks/} without a Zeppelin server, as its interpreters do, and keeps
 * the outputs that are saved in them true.
 */
package org.sparklosses.notebooks;
