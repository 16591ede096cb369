// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** An affine map of log-probabilities, held near the temperature. */
public final class StructuredMatrixScaling extends StructuredScaling {

  /** For the service loader. */
  public StructuredMatrixScaling() {
    this(Ridge.DEFAULT);
  }

  StructuredMatrixScaling(Ridge ridge) {
    super(true, ridge);
  }

  @Override
  public String name() {
    return "structured_matrix_scaling";
  }

  @Override
  public String summary() {
    return "any affine map of the log-probabilities, held near the temperature: for 3 to 64"
        + " classes";
  }

  @Override
  public String formula() {
    return "softmax((I + D) l' + b), l' = log of temperature; log loss + K/W |b|^2 + K/W |diag D|^2"
        + " + K(K-1)/W |D - diag D|^2";
  }

  @Override
  public String source() {
    return "Berta et al. 2025, arXiv:2511.03685";
  }
}
