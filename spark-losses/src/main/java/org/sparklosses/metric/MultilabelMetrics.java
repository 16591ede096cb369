// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/**
 * Metrics of multi-label predictions, as ML-GCN (Chen et al. 2019, arXiv:1904.03582) and ASL
 * (Ridnik et al. 2021, arXiv:2009.14119) report them. Of a label TP are the rows in which it is
 * predicted and a target, FP those in which it is only predicted, FN those in which it is only a
 * target. Means over labels are over those that are a target in some row. All are in [0, 1]; NaN is
 * what is undefined: means over no label, and 0 / 0.
 *
 * @param rows the number of rows
 * @param labels the number of labels
 * @param meanAveragePrecision mAP, the mean of {@link org.sparklosses.score.AveragePrecision}
 * @param meanAveragePrecisionErrorBound how far it can be from that of the distinct scores; 0 where
 *     these are kept
 * @param classPrecision CP, the mean of TP / (TP + FP), which is 0 of a label that is never
 *     predicted
 * @param classRecall CR, the mean of TP / (TP + FN)
 * @param classF1 CF1, 2 CP CR / (CP + CR): that of the means, not the mean over labels
 * @param overallPrecision OP, TP / (TP + FP) of the sums over labels
 * @param overallRecall OR, TP / (TP + FN) of the sums over labels
 * @param overallF1 OF1, 2 TP / (2 TP + FP + FN) of the sums over labels
 * @param hammingLoss the share of pairs of row and label that are FP or FN
 * @param subsetAccuracy the share of rows whose predicted labels are just their targets
 */
public record MultilabelMetrics(
    long rows,
    int labels,
    double meanAveragePrecision,
    double meanAveragePrecisionErrorBound,
    double classPrecision,
    double classRecall,
    double classF1,
    double overallPrecision,
    double overallRecall,
    double overallF1,
    double hammingLoss,
    double subsetAccuracy) {}
