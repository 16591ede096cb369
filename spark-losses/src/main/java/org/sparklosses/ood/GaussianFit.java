package org.sparklosses.ood;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.exact.ExactSums;

/**
 * Fits a normal distribution to the features of each class, with one covariance for all. Sums are
 * exact: the same fit in any order and partitioning. The covariance is the difference of a mean of
 * products and a product of means, and loses the digits by which means exceed standard deviations.
 *
 * <p>Layout when written: {@link ExactSums} of the rows and of each feature by class, and of the
 * products of features over all rows, the lower triangle by rows.
 */
public final class GaussianFit {

  private final int classes;
  private final int features;
  private ExactSums sums;

  /** No rows, of so many classes and features. */
  public GaussianFit(int classes, int features) {
    this.classes = classes;
    this.features = features;
    sums = new ExactSums(classes * (features + 1) + features * (features + 1) / 2);
  }

  /**
   * Adds a row.
   *
   * @param x its features, finite
   * @param label its class, in [0, classes)
   */
  public void add(double[] x, int label) {
    if (x.length != features || label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "gaussian fit of "
              + classes
              + " classes and "
              + features
              + " features cannot take a row of "
              + x.length
              + " features and label "
              + label);
    }
    int at = label * (features + 1);
    sums.add(at, 1);
    int product = classes * (features + 1);
    for (int i = 0; i < features; i++) {
      sums.add(at + 1 + i, x[i]);
      for (int j = 0; j <= i; j++) {
        sums.add(product++, x[i] * x[j]);
      }
    }
  }

  /** Adds the rows of another of as many classes and features. */
  public void merge(GaussianFit other) {
    if (classes != other.classes || features != other.features) {
      throw new IllegalArgumentException(
          "gaussian fits of other numbers of classes or features cannot be merged");
    }
    sums.merge(other.sums);
  }

  /** The means of the classes (NaN for a class without rows) and the covariance within classes. */
  public ClassGaussians fit() {
    double[][] means = new double[classes][features];
    double[][] covariance = new double[features][features];
    double rows = 0;
    for (int k = 0; k < classes; k++) {
      double count = sums.value(k * (features + 1));
      rows += count;
      for (int i = 0; i < features; i++) {
        double sum = sums.value(k * (features + 1) + 1 + i);
        means[k][i] = sum / count;
        for (int j = 0; count > 0 && j <= i; j++) {
          covariance[i][j] -= sum * means[k][j];
        }
      }
    }
    int product = classes * (features + 1);
    for (int i = 0; i < features; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = (covariance[i][j] + sums.value(product++)) / rows;
        covariance[j][i] = covariance[i][j];
      }
    }
    return new ClassGaussians(means, covariance);
  }

  /** Writes the sums. */
  public void write(DataOutput out) throws IOException {
    sums.write(out);
  }

  /** Reads what {@link #write} wrote, in place of what is here. */
  public void read(DataInput in) throws IOException {
    sums = ExactSums.read(sums.size(), in);
  }
}
