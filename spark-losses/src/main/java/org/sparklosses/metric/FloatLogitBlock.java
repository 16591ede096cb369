// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import org.sparklosses.kernel.RowKernel;
import org.sparklosses.kernel.RowTile;

/** A block of rows of float logits. */
public final class FloatLogitBlock extends LogitBlock implements PredictionRow.FloatRows {

  private final RowTile tile = new RowTile();

  /** Class by class, {@link #STRIDE} for each. */
  private float[] logits = new float[0];

  private Shares.OfFloats shares = new Shares.OfFloats(new float[0]);
  private final float[] scale = new float[ROWS];

  /** A block to be filled. */
  public FloatLogitBlock(RowKernel kernel) {
    super(kernel);
  }

  @Override
  public void start(int newClasses) {
    super.start(newClasses);
    if (logits.length < STRIDE * newClasses) {
      logits = new float[STRIDE * newClasses];
      shares = new Shares.OfFloats(new float[STRIDE * newClasses]);
    }
  }

  /** Where the logits are to be written: that of class j of row r to {@code j * STRIDE + r}. */
  public float[] logits() {
    return logits;
  }

  @Override
  Shares.OfFloats shares() {
    return shares;
  }

  @Override
  void readSoftmax() {
    for (int first = 0; first < rows(); first += RowTile.ROWS) {
      readTile(first, Math.min(RowTile.ROWS, rows() - first));
    }
  }

  private void readTile(int first, int count) {
    kernel.readTile(logits, first, STRIDE, classes(), shares.p(), tile);
    kernel.rankLabels(tile, labels, first, count);
    tile.copyTo(softmax, first, count);
  }

  @Override
  void scaleExponentials() {
    for (int r = 0; r < rows(); r++) {
      scale[r] = (float) confidence[r];
    }
    float[] p = shares.p();
    for (int j = 0; j < classes(); j++) {
      for (int r = 0; r < rows(); r++) {
        p[j * STRIDE + r] *= scale[r];
      }
    }
  }

  @Override
  double logit(int j, int r) {
    return logits[j * STRIDE + r];
  }

  @Override
  public void differences(int j, double[] out) {
    int column = j * STRIDE;
    double[] max = softmax.max();
    for (int r = 0; r < rows(); r++) {
      out[r] = logits[column + r] - max[r];
    }
  }

  @Override
  void fill(PredictionRow view, int r) {
    view.setLogits(this, r);
  }

  @Override
  public void copyProbabilities(int r, float[] out) {
    shares.copyRow(r, out);
  }

  @Override
  public void copyLogits(int r, float[] out) {
    for (int j = 0; j < classes(); j++) {
      out[j] = logits[j * STRIDE + r];
    }
  }
}
