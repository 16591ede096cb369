// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.LogitCells;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Lengths;

/**
 * A table of logits for each class, from which a map for each is fitted, and the log loss of the
 * rows as they are. A table takes about 1 MB at most; there are {@link #MOST_CLASSES} at most.
 *
 * <p>Layout when written: the number of classes, of rows, a {@link LogitCells} for each class, the
 * {@link ExactSums} of the weights and the losses.
 */
final class ClassTables implements RowSums<ClassTables> {

  static final int MOST_CLASSES = 128;

  private static final int SIZE = 2;

  private final At at;
  private final List<LogitCells> tables = new ArrayList<>();
  private long rows;
  private ExactSums sums = new ExactSums(SIZE);
  private double[] logOdds = new double[0];

  private ClassTables(At at) {
    this.at = at;
  }

  /**
   * What the tables are of.
   *
   * @param method that they are for, for messages
   * @param of which classes of a row
   */
  record At(String method, Of of) implements SumsAt<ClassTables> {

    private static final long serialVersionUID = 1L;

    @Override
    public ClassTables empty() {
      return new ClassTables(this);
    }
  }

  /** Which tables a row goes into, with the logit of the class and whether it is the label. */
  enum Of {
    /** That of every class. */
    EVERY_CLASS,
    /** That of the predicted class, the first of equals. */
    PREDICTED_CLASS
  }

  @Override
  public void add(double[] l, int label, double weight) {
    if (l.length > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "a row has %d classes where %s, which keeps a table for each, takes %d at most; choose"
                  .formatted(l.length, at.method, MOST_CLASSES)
              + " structured_vector_scaling or temperature");
    }
    grow(l.length);
    LogProbabilities.logOdds(l, logOdds);
    if (at.of == Of.EVERY_CLASS) {
      for (int k = 0; k < l.length; k++) {
        tables.get(k).add(logOdds[k], k == label, weight);
      }
    } else {
      int k = LogProbabilities.largest(l);
      tables.get(k).add(logOdds[k], k == label, weight);
    }
    rows++;
    sums.add(0, weight);
    sums.add(1, weight * (LogProbabilities.logSumExp(l) - l[label]));
  }

  private void grow(int classes) {
    while (tables.size() < classes) {
      tables.add(new LogitCells());
    }
    if (logOdds.length != classes) {
      logOdds = new double[classes];
    }
  }

  /**
   * The table of each class.
   *
   * @throws IllegalArgumentException if there is no row, or one class only
   */
  List<BinaryTable> tables() {
    TemperatureFit.checkRows(rows);
    if (tables.size() < 2) {
      throw new IllegalArgumentException(
          "%s of %d class; two or more are needed".formatted(at.method, tables.size()));
    }
    return tables.stream().map(BinaryTable::of).toList();
  }

  /** The sum of the weights of the rows. */
  double weight() {
    return sums.value(0);
  }

  /**
   * The fit of a map to the tables, after a scan for its log loss.
   *
   * @param note what was found of the rows; empty if nothing is the matter
   */
  ClassFit fit(ClassMap map, String note, LogitRows scanned) {
    double loss = scanned.scan(new MapLoss.At(map)).mean();
    return new ClassFit(map, note, rows, weight(), 2, sums.value(1) / weight(), loss, Double.NaN);
  }

  @Override
  public void merge(ClassTables other) {
    grow(other.tables.size());
    for (int k = 0; k < other.tables.size(); k++) {
      tables.get(k).merge(other.tables.get(k));
    }
    rows += other.rows;
    sums.merge(other.sums);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(tables.size());
    out.writeLong(rows);
    for (LogitCells table : tables) {
      table.write(out);
    }
    sums.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    int classes = Lengths.read("classes", MOST_CLASSES, in);
    rows = in.readLong();
    grow(classes);
    for (LogitCells table : tables) {
      table.read(in);
    }
    sums = ExactSums.read(SIZE, in);
  }
}
