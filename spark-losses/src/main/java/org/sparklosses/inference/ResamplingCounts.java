// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.inference;

/** How often each bucket of rows occurs in each replicate of a bootstrap. */
@FunctionalInterface
public interface ResamplingCounts {

  /** The number of times that the bucket occurs, at least 0. */
  int count(int replicate, int bucket);
}
