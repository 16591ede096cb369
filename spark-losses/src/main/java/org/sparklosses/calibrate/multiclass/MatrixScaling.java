// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** An affine map of logits whose off-diagonals and intercepts are held near 0. */
public final class MatrixScaling extends OffDiagonalScaling {

  /** For the service loader. */
  public MatrixScaling() {
    this(DEFAULT, DEFAULT, TRACE);
  }

  MatrixScaling(double lambda, double mu, double trace) {
    super(lambda, mu, trace);
  }

  @Override
  public String name() {
    return "matrix_scaling";
  }

  @Override
  public String summary() {
    return "any affine map of the logits, held by a penalty that does not fade with rows: to"
        + " compare with, for structured_matrix_scaling wins more often and harms less";
  }

  @Override
  public String formula() {
    return "softmax(W z + b) of the logits z, of mean 0 in every row; log loss + 0.01/(K(K-1)) |W -"
        + " diag W|^2 + 0.01/K |b|^2 + 1e-6 K/W |diag W - 1|^2";
  }

  @Override
  public String source() {
    return "Guo et al. 2017, arXiv:1706.04599; the penalty: Kull et al. 2019, arXiv:1910.12656";
  }

  @Override
  RowScores scores(int classes) {
    return new RowScores.CentredLogits(classes);
  }
}
