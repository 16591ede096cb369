// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.fit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.calibrate.CausalIsotonic;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.ScoreStore;

/**
 * The distribution of predicted effects with their pseudo-outcomes, in bounded memory: by distinct
 * effect up to 10,000 of them, then by cell of a grid.
 *
 * <p>Layout when written: that of {@link ScoreStore}.
 */
public final class EffectTable implements Mergeable<EffectTable> {

  private final ScoreStore store = ScoreStore.ofNumbers();

  /** A table of no rows. */
  public EffectTable() {}

  /**
   * Adds a row; one of weight 0 does not exist.
   *
   * @throws IllegalArgumentException if a number is not finite, or the weight is none
   */
  public void add(double effect, double pseudoOutcome, double weight) {
    if (CausalIsotonic.isRow(effect, pseudoOutcome, weight)) {
      store.add(effect, pseudoOutcome, weight);
    }
  }

  /**
   * The map of its rows.
   *
   * @throws IllegalArgumentException if there is none
   */
  public CausalIsotonic map() {
    return CausalIsotonic.of(store.atoms());
  }

  @Override
  public void merge(EffectTable other) {
    store.merge(other.store);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    store.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    store.read(in);
  }
}
