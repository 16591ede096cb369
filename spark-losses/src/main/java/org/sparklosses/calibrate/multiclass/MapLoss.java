// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;

/**
 * The log loss of a map over rows.
 *
 * <p>Layout when written: the {@link ExactSums} of the weights and the losses.
 */
final class MapLoss implements RowSums<MapLoss> {

  private static final int SIZE = 2;

  private final ClassMap map;
  private ExactSums sums = new ExactSums(SIZE);

  private MapLoss(ClassMap map) {
    this.map = map;
  }

  /**
   * Of a map.
   *
   * @param map that gives no probability of 0
   */
  record At(ClassMap map) implements SumsAt<MapLoss> {

    private static final long serialVersionUID = 1L;

    @Override
    public MapLoss empty() {
      return new MapLoss(map);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    sums.add(0, weight);
    sums.add(1, weight * -StrictMath.log(map.probabilities(l)[label]));
  }

  /** The mean, in nats. */
  double mean() {
    return sums.value(1) / sums.value(0);
  }

  @Override
  public void merge(MapLoss other) {
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(SIZE, in);
  }
}
