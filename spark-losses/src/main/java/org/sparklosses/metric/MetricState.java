package org.sparklosses.metric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparklosses.metric.BinTable.Norm;

/**
 * Everything that one pass over a group of rows keeps of them for the metrics of a plan. Exact:
 * states of any partitioning of the same rows, merged in any order, give the same bits.
 *
 * <p>Layout when written: {@code long rowsSeen, int checks}, name and count of each, {@code int
 * classes}, the cell of all rows, the sums of the means, the cells of each binned component, and,
 * with classwise components and at least one row evaluated, the cells by label, the totals by class
 * and the sparse cells of each.
 */
public final class MetricState {

  private final MetricPlan plan;
  private final double smallestEdge;

  private long rowsSeen;
  private final Map<InputCheck, Long> counts = new EnumMap<>(InputCheck.class);
  private int classes;

  /** One cell: confidence and correctness of every row. */
  private Cells all;

  private ExactSums means;
  private final List<Cells> binned = new ArrayList<>();

  /** By label: the label's probability and correctness. Null before the first row. */
  private Cells labels;

  private ClassTotals totals;

  /** By class and bin, but for the first bin, which is what the others leave of all rows. */
  private final List<SparseCells> classwise = new ArrayList<>();

  /** The state of no rows. */
  public MetricState(MetricPlan plan) {
    this.plan = plan;
    smallestEdge = plan.smallestEdge();
    all = new Cells(1, plan.weighted());
    means = new ExactSums(plan.means().size());
    plan.binned().forEach(b -> binned.add(new Cells(b.binning().cells(), plan.weighted())));
  }

  /** Counts a row that is not evaluated, by what was found. */
  public void addUnused(InputCheck check) {
    rowsSeen++;
    counts.merge(check, 1L, Long::sum);
  }

  /** Adds a row without fault. All rows have the same number of classes. */
  public void add(PredictionRow row) {
    rowsSeen++;
    count(InputCheck.SATURATED, row.isSaturated());
    count(InputCheck.TIED_ARGMAX, row.isTied());
    double w = row.weight();
    if (classes == 0) {
      allocate(row.classes());
    }
    all.add(0, row.confidence(), row.isCorrect(), w);
    for (int i = 0; i < plan.means().size(); i++) {
      double x = plan.means().get(i).scalar().of(row);
      means.add(i, plan.weighted() ? w * x : x);
    }
    for (int i = 0; i < binned.size(); i++) {
      Component.Binned bins = plan.binned().get(i);
      double p = bins.pair().probability(row);
      binned.get(i).add(bins.binning().of(p), p, bins.pair().outcome(row), w);
    }
    if (labels != null) {
      addClasswise(row);
    }
  }

  private void count(InputCheck check, boolean found) {
    if (found) {
      counts.merge(check, 1L, Long::sum);
    }
  }

  private void allocate(int rowClasses) {
    classes = rowClasses;
    if (!plan.classwise().isEmpty()) {
      labels = new Cells(classes, plan.weighted());
      totals = new ClassTotals(classes);
      plan.classwise().forEach(c -> classwise.add(new SparseCells(plan.weighted())));
    }
  }

  private void addClasswise(PredictionRow row) {
    double w = row.weight();
    labels.add(row.label(), row.labelProbability(), row.isCorrect(), w);
    row.addTo(totals, plan.weighted());
    int found = row.findLarge(smallestEdge);
    for (int i = 0; i < found; i++) {
      int k = row.large(i);
      for (int c = 0; c < classwise.size(); c++) {
        Binning binning = plan.classwise().get(c).binning();
        int bin = binning.of(row.probability(k));
        if (bin > 0) {
          long key = (long) k * binning.cells() + bin;
          classwise.get(c).add(key, row.quantizedProbability(k), k == row.label(), w);
        }
      }
    }
  }

  /**
   * Adds the rows of another state of the same plan.
   *
   * @throws IllegalArgumentException if the other has rows of another number of classes
   */
  public void merge(MetricState other) {
    if (classes != 0 && other.classes != 0 && classes != other.classes) {
      throw new IllegalArgumentException(
          "states of " + classes + " and of " + other.classes + " classes cannot be merged");
    }
    rowsSeen += other.rowsSeen;
    other.counts.forEach((check, count) -> counts.merge(check, count, Long::sum));
    if (other.classes == 0) {
      return;
    }
    if (classes == 0) {
      allocate(other.classes);
    }
    all.merge(other.all);
    means.merge(other.means);
    for (int i = 0; i < binned.size(); i++) {
      binned.get(i).merge(other.binned.get(i));
    }
    if (labels != null) {
      labels.merge(other.labels);
      totals.merge(other.totals);
      for (int i = 0; i < classwise.size(); i++) {
        classwise.get(i).merge(other.classwise.get(i));
      }
    }
  }

  /** The number of classes; 0 before the first row. */
  public int classes() {
    return classes;
  }

  /** What was read. */
  public Ledger ledger() {
    return new Ledger(rowsSeen, all.count(0), all.weight(0), counts);
  }

  /** The weighted mean over all rows; NaN without rows. */
  double mean(Component.Mean mean) {
    return means.value(plan.means().indexOf(mean)) / all.weight(0);
  }

  /** The bins of a component. */
  BinTable bins(Component.Binned component) {
    if (component.pair() == Component.Pair.POSITIVE && classes != 0 && classes != 2) {
      throw new IllegalArgumentException(
          "a metric of the positive class needs 2 classes, the predictions have "
              + classes
              + "; use of=top_label or classwise_calibration_error");
    }
    return new BinTable(component.binning(), binned.get(plan.binned().indexOf(component)));
  }

  /** The calibration error of every class, in index order; empty without rows. */
  double[] classErrors(Component.Classwise component, Norm norm, boolean debias) {
    double[] errors = new double[classes];
    if (classes == 0) {
      return errors;
    }
    SparseCells sparse = classwise.get(plan.classwise().indexOf(component));
    int cells = component.binning().cells();
    long[] keys = sparse.sortedKeys();
    Cells bins = new Cells(cells, plan.weighted());
    int next = 0;
    for (int k = 0; k < classes; k++) {
      bins.clear();
      bins.addWeights(0, all, 0);
      bins.addPredicted(0, totals.sums(), k);
      bins.addObserved(0, labels, k);
      for (; next < keys.length && keys[next] / cells == k; next++) {
        int cell = sparse.cell(keys[next]);
        bins.addCell((int) (keys[next] % cells), sparse.cells(), cell, 1);
        bins.addCell(0, sparse.cells(), cell, -1);
      }
      errors[k] = new BinTable(component.binning(), bins).error(norm, debias);
    }
    return errors;
  }

  /** What is known of each class, with the l1 errors of a component. */
  ClassTable classTable(Component.Classwise component) {
    double[] errors = classErrors(component, Norm.L1, false);
    double weight = all.weight(0);
    return new ClassTable(
        IntStream.range(0, classes)
            .mapToObj(
                k ->
                    new ClassTable.Entry(
                        k,
                        labels.count(k),
                        labels.weight(k),
                        labels.weight(k) / weight,
                        totals.sums().value(k) / weight,
                        labels.observed(k) / labels.weight(k),
                        errors[k]))
            .toList());
  }

  /** Writes the state; {@link #read} reads it. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(rowsSeen);
    out.writeInt(counts.size());
    for (Map.Entry<InputCheck, Long> count : counts.entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
    out.writeInt(classes);
    all.write(out);
    means.write(out);
    for (Cells cells : binned) {
      cells.write(out);
    }
    if (labels != null) {
      labels.write(out);
      totals.write(out);
      for (SparseCells cells : classwise) {
        cells.write(out);
      }
    }
  }

  /** Reads a state of the same plan. */
  public static MetricState read(MetricPlan plan, DataInput in) throws IOException {
    MetricState state = new MetricState(plan);
    state.rowsSeen = in.readLong();
    int checks = in.readInt();
    for (int i = 0; i < checks; i++) {
      state.counts.put(InputCheck.valueOf(in.readUTF()), in.readLong());
    }
    state.classes = in.readInt();
    state.all = Cells.read(in);
    state.means = ExactSums.read(in);
    state.binned.replaceAll(empty -> null);
    for (int i = 0; i < state.binned.size(); i++) {
      state.binned.set(i, Cells.read(in));
    }
    if (state.classes > 0 && !plan.classwise().isEmpty()) {
      state.labels = Cells.read(in);
      state.totals = ClassTotals.read(in);
      for (int i = 0; i < plan.classwise().size(); i++) {
        state.classwise.add(SparseCells.read(in));
      }
    }
    return state;
  }
}
