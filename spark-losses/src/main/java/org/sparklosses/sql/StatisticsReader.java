// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowStatistics;

/**
 * Computes the statistics of a row as a struct. Public because generated code calls it.
 *
 * <p>Its messages name the function that asked first where several share the statistics.
 */
public final class StatisticsReader implements Serializable {

  private static final long serialVersionUID = 1;

  private final ColumnType type;
  private final String function;
  private final String column;
  private final KernelSource kernels;
  private transient RowKernel kernel;

  StatisticsReader(ColumnType type, String function, String column, KernelSource kernels) {
    this.type = type;
    this.function = function;
    this.column = column;
    this.kernels = kernels;
  }

  Class<?> kernelSource() {
    return kernels.getClass();
  }

  StatisticsReader withKernels(KernelSource other) {
    return new StatisticsReader(type, function, column, other);
  }

  /** Without a label column, or with a label that is NULL. */
  public InternalRow read(Object logits) {
    return new StatisticsRow(statistics(logits, RowStatistics.NO_LABEL), true);
  }

  /** With a label. */
  public InternalRow read(Object logits, int label) {
    RowStatistics statistics = statistics(logits, label);
    return new StatisticsRow(
        statistics.label() == label ? statistics : withLabel(statistics, label), false);
  }

  /** With a label. */
  public InternalRow read(Object logits, long label) {
    return read(logits, classIndex(label));
  }

  /** With a label. */
  public InternalRow read(Object logits, double label) {
    return read(logits, classIndex(label));
  }

  private int classIndex(long label) {
    try {
      return ClassIndex.of(function, label);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  private int classIndex(double label) {
    try {
      return ClassIndex.of(function, label);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  private RowStatistics statistics(Object logits, int label) {
    try {
      return computed(logits, label);
    } catch (IllegalArgumentException e) {
      throw InvalidArgumentException.ofRow(e);
    }
  }

  private RowStatistics computed(Object logits, int label) {
    if (kernel == null) {
      kernel = kernels.get();
    }
    if (type == ColumnType.FLOATS) {
      float[] z = ColumnType.floats((ArrayData) logits, function, column);
      return kernel.statistics(z, 0, checkNotEmpty(z.length), valid(label, z.length));
    }
    double[] z = type.doubles(logits, function, column);
    return kernel.statistics(z, 0, checkNotEmpty(z.length), valid(label, z.length));
  }

  private int checkNotEmpty(int classes) {
    if (classes == 0) {
      throw new IllegalArgumentException(
          function
              + ": "
              + column
              + " is an empty array; a row needs at least one class, or NULL for no value");
    }
    return classes;
  }

  /** The same with a label that is no class index, for others to judge. */
  private static RowStatistics withLabel(RowStatistics s, int label) {
    return new RowStatistics(
        s.classes(),
        label,
        s.max(),
        s.runnerUp(),
        s.min(),
        s.argmax(),
        s.labelLogit(),
        s.labelRank(),
        s.sumExp(),
        s.sumExpSquares(),
        s.sumShiftedExp(),
        s.sum(),
        s.sumSquares(),
        s.sumSquaresOthers(),
        s.nans(),
        s.positiveInfinities(),
        s.negativeInfinities());
  }

  private static int valid(int label, int classes) {
    return label < 0 || label >= classes ? RowStatistics.NO_LABEL : label;
  }
}
