// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;

/**
 * How the states of parts of a table travel and become one. Merging is exact: in any order it gives
 * the same.
 *
 * @param <B> the state
 */
interface StateMerging<B> extends Serializable {

  /** The state of no rows. */
  B createAggregationBuffer();

  /** The state as bytes. */
  byte[] serialize(B state);

  /** What {@link #serialize} made bytes of. */
  B deserialize(byte[] bytes);

  /** The rows of both; it may be either state, changed. */
  B merge(B state, B other);
}
