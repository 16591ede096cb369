// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.sparklosses.exact.ExactSums;

/**
 * The log loss of rows under the maps that were fitted to the other folds, and how it differs from
 * that of the rows as they are.
 *
 * <p>Layout when written: the number of rows, the {@link ExactSums} of the weight and its square;
 * of each method of wL, wD, w^2 D and w^2 D^2, L the loss and D its difference.
 */
final class HeldOutSums implements RowSums<HeldOutSums> {

  private static final int OF_ROWS = 2;
  private static final int OF_METHOD = 4;

  private final List<List<ClassMap>> maps;
  private ExactSums sums;
  private long rows;

  private HeldOutSums(List<List<ClassMap>> maps) {
    this.maps = maps;
    sums = new ExactSums(OF_ROWS + OF_METHOD * maps.size());
  }

  /**
   * Under the maps of each method, one a fold that was left out. The first method is what the
   * others are compared to.
   */
  record At(List<List<ClassMap>> maps) implements SumsAt<HeldOutSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public HeldOutSums empty() {
      return new HeldOutSums(maps);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    add(l, label, weight, ContentHash.of(l, label));
  }

  @Override
  public void add(double[] l, int label, double weight, long key) {
    rows++;
    sums.add(0, weight);
    sums.add(1, weight * weight);
    double asItIs = 0;
    for (int m = 0; m < maps.size(); m++) {
      List<ClassMap> ofFolds = maps.get(m);
      double[] p = ofFolds.get(Folds.of(key, ofFolds.size())).probabilities(l);
      double loss = -StrictMath.log(p[label]);
      asItIs = m == 0 ? loss : asItIs;
      double difference = loss - asItIs;
      int at = OF_ROWS + OF_METHOD * m;
      sums.add(at, weight * loss);
      sums.add(at + 1, weight * difference);
      sums.add(at + 2, weight * weight * difference);
      sums.add(at + 3, weight * weight * difference * difference);
    }
  }

  /** What a method is worth. */
  Trial trial(int m, String method) {
    int at = OF_ROWS + OF_METHOD * m;
    double weight = sums.value(0);
    double mean = sums.value(at + 1) / weight;
    double squares =
        sums.value(at + 3) - 2 * mean * sums.value(at + 2) + mean * mean * sums.value(1);
    double correction = rows / (rows - 1.0);
    return new Trial(
        method,
        sums.value(at) / weight,
        mean,
        rows < 2 ? Double.NaN : Math.sqrt(correction * Math.max(0, squares)) / weight);
  }

  @Override
  public void merge(HeldOutSums other) {
    rows += other.rows;
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    rows = in.readLong();
    sums = ExactSums.read(sums.size(), in);
  }
}
