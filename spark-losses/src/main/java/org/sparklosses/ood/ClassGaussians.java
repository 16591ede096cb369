package org.sparklosses.ood;

/**
 * A normal distribution of the features of each class, with one covariance for all.
 *
 * <p>Its score of a row is that of Lee et al. 2018, arXiv:1807.03888: minus the squared Mahalanobis
 * distance to the nearest class, higher for rows like those of training.
 */
public final class ClassGaussians {

  private final double[][] means;
  private final double[][] covariance;

  /** The lower triangle L with {@code L L' = covariance}. */
  private final double[][] root;

  /**
   * @param means of the features, by class; classes with NaN do not count
   * @param covariance of the features, symmetric and positive definite
   */
  public ClassGaussians(double[][] means, double[][] covariance) {
    this.means = means;
    this.covariance = covariance;
    this.root = root(covariance);
  }

  private static double[][] root(double[][] a) {
    double[][] l = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        if (i > j) {
          l[i][j] = sum / l[j][j];
        } else if (sum > 0) {
          l[i][i] = StrictMath.sqrt(sum);
        } else {
          throw new IllegalArgumentException(
              "the covariance is singular at feature "
                  + i
                  + ": leave out features that are constant or follow from others");
        }
      }
    }
    return l;
  }

  /** The means of the features, by class. */
  public double[][] means() {
    return means.clone();
  }

  /** The covariance of the features within classes, divided by the number of rows. */
  public double[][] covariance() {
    return covariance.clone();
  }

  /** Minus the squared distance of a row's features to the nearest class; at most 0. */
  public double score(double[] x) {
    double nearest = Double.POSITIVE_INFINITY;
    for (double[] mean : means) {
      double distance = squaredDistance(x, mean);
      nearest = distance < nearest ? distance : nearest;
    }
    return -nearest;
  }

  private double squaredDistance(double[] x, double[] mean) {
    double[] solved = new double[root.length];
    double square = 0;
    for (int i = 0; i < root.length; i++) {
      double sum = x[i] - mean[i];
      for (int k = 0; k < i; k++) {
        sum -= root[i][k] * solved[k];
      }
      solved[i] = sum / root[i][i];
      square += solved[i] * solved[i];
    }
    return square;
  }
}
