// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ood;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sparklosses.exact.ExactSums;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Mergeable;

/**
 * Fits a normal distribution to the features of each class, with one covariance for all. Sums are
 * exact: the same fit in any order and partitioning. The covariance is the difference of a mean of
 * products and a product of means, and loses the digits by which means exceed standard deviations.
 *
 * <p>Layout when written: {@code int features, int classes}, {@link ExactSums} of the products of
 * features over all rows, the lower triangle by rows, then by class those of its rows and of each
 * feature.
 */
public final class GaussianFit implements Mergeable<GaussianFit> {

  /** The most sums that are kept: of 1000 classes those of 2048 features. */
  public static final int MOST_SUMS = 1 << 22;

  /** Where less of the mean square of a feature is left as its variance, that is rounding. */
  private static final double LEAST_VARIANCE = 1e-12;

  private int features;
  private ExactSums products = new ExactSums(0);

  /** Of each class the number of its rows, then the sum of each feature. */
  private final List<ExactSums> classes = new ArrayList<>();

  /**
   * Adds a row.
   *
   * @param x its features, finite and as many as those of other rows
   * @param label its class, from 0
   * @throws IllegalArgumentException if it is no such row, or if so many features or classes take
   *     more than {@link #MOST_SUMS} sums
   */
  public void add(double[] x, int label) {
    if (features == 0) {
      start(x.length);
    }
    if (x.length != features) {
      throw new IllegalArgumentException(
          "%d features where other rows have %d".formatted(x.length, features));
    }
    if (label < 0) {
      throw new IllegalArgumentException("the label %d is no class index".formatted(label));
    }
    grow(label + 1L);
    ExactSums own = classes.get(label);
    own.add(0, 1);
    int product = 0;
    for (int i = 0; i < features; i++) {
      own.add(1 + i, x[i]);
      for (int j = 0; j <= i; j++) {
        products.add(product++, x[i] * x[j]);
      }
    }
  }

  private void start(int width) {
    if (width == 0) {
      throw new IllegalArgumentException("no features");
    }
    checkSize(width, 0);
    features = width;
    products = new ExactSums(products(width));
  }

  private void grow(long count) {
    if (count > classes.size()) {
      checkSize(features, count);
      while (classes.size() < count) {
        classes.add(new ExactSums(features + 1));
      }
    }
  }

  private static void checkSize(long features, long classes) {
    long size = features * (features + 1) / 2 + classes * (features + 1);
    if (size > MOST_SUMS) {
      throw new IllegalArgumentException(
          ("%d features of %d classes take %d sums, and at most %d are kept; take fewer features,"
                  + " as by a PCA")
              .formatted(features, classes, size, MOST_SUMS));
    }
  }

  private static int products(int features) {
    return features * (features + 1) / 2;
  }

  /**
   * Adds the rows of another.
   *
   * @throws IllegalArgumentException if they have another number of features
   */
  @Override
  public void merge(GaussianFit other) {
    if (other.features == 0) {
      return;
    }
    if (features == 0) {
      start(other.features);
    }
    if (features != other.features) {
      throw new IllegalArgumentException(
          "%d features where other rows have %d".formatted(other.features, features));
    }
    grow(other.classes.size());
    products.merge(other.products);
    for (int k = 0; k < other.classes.size(); k++) {
      classes.get(k).merge(other.classes.get(k));
    }
  }

  /**
   * The means of the classes (NaN for a class without rows) and the covariance within classes.
   *
   * @throws IllegalArgumentException if there are no rows, or if a feature is constant within
   *     classes or follows from others
   */
  public ClassGaussians fit() {
    double[][] means = new double[classes.size()][features];
    double[][] covariance = new double[features][features];
    double rows = 0;
    for (int k = 0; k < means.length; k++) {
      double count = classes.get(k).value(0);
      rows += count;
      for (int i = 0; i < features; i++) {
        double sum = classes.get(k).value(1 + i);
        means[k][i] = sum / count;
        for (int j = 0; count > 0 && j <= i; j++) {
          covariance[i][j] -= sum * means[k][j];
        }
      }
    }
    if (rows == 0) {
      throw new IllegalArgumentException("there are no rows to fit");
    }
    int product = 0;
    for (int i = 0; i < features; i++) {
      for (int j = 0; j <= i; j++) {
        double square = products.value(product++);
        covariance[i][j] = (covariance[i][j] + square) / rows;
        covariance[j][i] = covariance[i][j];
        if (i == j && !(covariance[i][i] > LEAST_VARIANCE * square / rows)) {
          throw ClassGaussians.singular(i);
        }
      }
    }
    return new ClassGaussians(means, covariance);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(features);
    out.writeInt(classes.size());
    products.write(out);
    for (ExactSums own : classes) {
      own.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    features = Lengths.read("features", (int) Math.sqrt(2.0 * MOST_SUMS), in);
    int count = Lengths.read("classes", MOST_SUMS / (features + 1), in);
    products = ExactSums.read(products(features), in);
    for (int k = 0; k < count; k++) {
      classes.add(ExactSums.read(features + 1, in));
    }
  }
}
