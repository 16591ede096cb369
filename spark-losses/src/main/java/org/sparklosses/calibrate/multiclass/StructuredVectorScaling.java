// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

/** A scale and a shift of each class, held near the temperature. */
public final class StructuredVectorScaling extends StructuredScaling {

  /** For the service loader. */
  public StructuredVectorScaling() {
    this(Ridge.DEFAULT);
  }

  StructuredVectorScaling(Ridge ridge) {
    super(false, ridge);
  }

  @Override
  public String name() {
    return "structured_vector_scaling";
  }

  @Override
  public String summary() {
    return "a scale and a shift of each class, held near the temperature: for more than 64 classes,"
        + " or fewer rows than structured_matrix_scaling needs";
  }

  @Override
  public String formula() {
    return "softmax((1 + v) l' + b), l' = log of temperature; log loss + K/W |b|^2 + K/W |v|^2";
  }

  @Override
  public String source() {
    return "Berta et al. 2025, arXiv:2511.03685";
  }
}
