package org.sparklosses.inference;

/** How often each block of rows occurs in each replicate of a bootstrap. */
@FunctionalInterface
public interface ResamplingCounts {

  /** The number of times that the block occurs, at least 0. */
  int count(int replicate, int block);
}
