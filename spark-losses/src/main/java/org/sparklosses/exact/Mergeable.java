// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is kept of rows. Exact: the same rows give the same, however they are parted and in whatever
 * order they are added and merged.
 *
 * @param <S> the type itself
 */
public interface Mergeable<S extends Mergeable<S>> {

  /** Adds the rows of another of the same kind. */
  void merge(S other);

  /** Writes what is kept. */
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote into this, which has no rows. */
  void read(DataInput in) throws IOException;
}
