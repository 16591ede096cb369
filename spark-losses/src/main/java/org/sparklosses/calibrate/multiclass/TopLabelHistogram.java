// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparklosses.calibrate.BinaryCalibrators;
import org.sparklosses.calibrate.BinaryMap;
import org.sparklosses.calibrate.BinaryTable;
import org.sparklosses.calibrate.Floor;
import org.sparklosses.calibrate.MapNumbers;

/** A histogram of the confidence of the rows that a class is predicted for. */
public final class TopLabelHistogram implements ClassCalibrator {

  private static final String NAME = "top_label_histogram";
  private static final String HISTOGRAM = "histogram_binning";
  private static final int BINS = 5;
  private static final String FLOOR = "floor";

  /** For the service loader. */
  public TopLabelHistogram() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "how often a prediction is right, by the class that is predicted and five bins of its"
        + " confidence: where only the probability of the predicted class counts; as probabilities"
        + " of all classes histograms lose as a rule; up to 128 classes";
  }

  @Override
  public String formula() {
    return "(1 - e) q + e/K, q_c = share of right ones among the rows of predicted class c in the"
        + " bin of equal mass that p_c lies in, p_c where c was never predicted; q_j = (1 - q_c)"
        + " p_j / (1 - p_c) of the others; e = 1/(W + 1)";
  }

  @Override
  public String source() {
    return "Gupta and Ramdas 2022, arXiv:2107.08353; the shares of the others are ours";
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    ClassTables scanned = rows.scan(new ClassTables.At(NAME, ClassTables.Of.PREDICTED_CLASS));
    List<BinaryTable> tables = scanned.tables();
    TopLabelMap map =
        new TopLabelMap(tables.size(), maps(tables, BINS), Floor.share(scanned.weight()));
    return scanned.fit(map, "", rows);
  }

  /**
   * The histogram of each class; none where it was never predicted.
   *
   * @param tables of the rows that each class is predicted for, and whether it is right
   */
  static SortedMap<Integer, BinaryMap> maps(List<BinaryTable> tables, int bins) {
    SortedMap<Integer, BinaryMap> maps = new TreeMap<>();
    for (int k = 0; k < tables.size(); k++) {
      if (tables.get(k).rows() > 0) {
        Map<String, ?> settings = Map.of("n_bins", bins, "strategy", "quantile");
        maps.put(k, BinaryCalibrators.fit(HISTOGRAM, tables.get(k), settings).map());
      }
    }
    return maps;
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    return new TopLabelMap(
        classes,
        JoinedNumbers.maps(HISTOGRAM, classes, numbers.without(FLOOR)),
        numbers.number(FLOOR));
  }

  /**
   * A histogram for each class.
   *
   * @param maps by class, none where it was never predicted
   * @param floor the share of the uniform distribution, in [0, 1]
   */
  record TopLabelMap(int classes, SortedMap<Integer, BinaryMap> maps, double floor)
      implements ClassMap {

    private static final long serialVersionUID = 1L;

    @Override
    public String method() {
      return NAME;
    }

    /** Checks the range. */
    TopLabelMap {
      if (!(floor >= 0 && floor <= 1)) {
        throw new IllegalArgumentException("the floor " + floor + " is not in [0, 1]");
      }
    }

    /** The calibrated probability of a predicted class that has such a logit against the rest. */
    double confidence(int predicted, double logit) {
      BinaryMap map = maps.get(predicted);
      return map == null ? 1 / (1 + StrictMath.exp(-logit)) : map.ofLogit(logit);
    }

    @Override
    public double[] probabilities(double[] l) {
      int top = LogProbabilities.largest(l);
      double[] q = new double[l.length];
      LogProbabilities.logOdds(l, q);
      double confidence = confidence(top, q[top]);
      System.arraycopy(l, 0, q, 0, l.length);
      q[top] = Double.NEGATIVE_INFINITY;
      LogProbabilities.softmax(q);
      for (int j = 0; j < q.length; j++) {
        q[j] *= 1 - confidence;
      }
      q[top] = confidence;
      return Floor.mixed(q, floor);
    }

    @Override
    public MapNumbers numbers() {
      return JoinedNumbers.of(classes, maps).with(FLOOR, floor);
    }
  }
}
