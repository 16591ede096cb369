// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the first scan of a fit keeps: the number of classes, the log loss of the rows as they are,
 * and a sample.
 *
 * <p>Layout when written: the number of classes, the {@link TemperatureSums}, the {@link
 * SampleOfRows}.
 */
final class FirstSums implements RowSums<FirstSums> {

  private int classes;
  private final TemperatureSums temperature = new TemperatureSums.At(1, 0).empty();
  private final SampleOfRows sample = new SampleOfRows.At().empty();

  /** The first scan. */
  record At() implements SumsAt<FirstSums> {

    private static final long serialVersionUID = 1L;

    @Override
    public FirstSums empty() {
      return new FirstSums();
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    classes = l.length;
    temperature.add(l, label, weight);
    sample.add(l, label, weight);
  }

  /** The number of classes; 0 without rows. */
  int classes() {
    return classes;
  }

  /** At a beta of 1. */
  TemperatureSums temperature() {
    return temperature;
  }

  SampleOfRows sample() {
    return sample;
  }

  /**
   * The result of a fit that began with them.
   *
   * @param note what was found of the rows; empty if nothing is the matter
   * @param scans how often they were read after that
   * @param loss the mean log loss of the map on them
   * @param excess of the objective above its least value; NaN where that is not known
   */
  ClassFit fit(ClassMap map, String note, int scans, double loss, double excess) {
    return new ClassFit(
        map,
        note,
        temperature.rows(),
        temperature.weight(),
        1 + scans,
        temperature.loss(),
        loss,
        excess);
  }

  @Override
  public void merge(FirstSums other) {
    classes = Math.max(classes, other.classes);
    temperature.merge(other.temperature);
    sample.merge(other.sample);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    temperature.write(out);
    sample.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    classes = in.readInt();
    temperature.read(in);
    sample.read(in);
  }
}
