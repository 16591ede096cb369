// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What several fits want of one scan, each of the rows but for those of a fold. The fold of a row
 * is its key, or without one the hash of what it holds, modulo the number of folds.
 *
 * <p>Layout when written: the sums of each slot.
 */
final class FoldedSums implements RowSums<FoldedSums> {

  private final int folds;
  private final List<Slot<?>> slots;
  private final List<RowSums<?>> sums;

  private FoldedSums(int folds, List<Slot<?>> slots) {
    this.folds = folds;
    this.slots = slots;
    sums = new ArrayList<>();
    slots.forEach(slot -> sums.add(slot.at().empty()));
  }

  /**
   * What a fit wants.
   *
   * @param at the sums
   * @param excluded the fold that it is not fitted to; {@link #NONE}
   */
  record Request<S extends RowSums<S>>(SumsAt<S> at, int excluded) {}

  /** No fold is excluded. */
  static final int NONE = -1;

  /** The same sums for a fit to all rows, and for each that leaves a fold out. */
  static <S extends RowSums<S>> At ofEveryFit(SumsAt<S> at, int folds) {
    return new At(
        folds,
        IntStream.range(NONE, folds).mapToObj(excluded -> new Request<>(at, excluded)).toList());
  }

  /**
   * Sums of the rows of one fold, or of all but those.
   *
   * @param isOnly whether of those alone
   */
  private record Slot<S extends RowSums<S>>(SumsAt<S> at, int fold, boolean isOnly)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    boolean takes(int ofRow) {
      return isOnly == (ofRow == fold);
    }
  }

  /** The sums that answer requests. */
  static final class At implements SumsAt<FoldedSums> {

    private static final long serialVersionUID = 1L;

    private final int folds;
    private final ArrayList<Slot<?>> slots = new ArrayList<>();

    /** Sums that are wanted more than once are kept fold by fold, and added up after the scan. */
    At(int folds, List<? extends Request<?>> requests) {
      this.folds = folds;
      List<SumsAt<?>> wanted = new ArrayList<>();
      requests.forEach(request -> wanted.add(request.at()));
      wanted.stream()
          .distinct()
          .forEach(
              at -> {
                List<? extends Request<?>> ofIt =
                    requests.stream().filter(request -> request.at().equals(at)).toList();
                if (ofIt.stream().distinct().count() == 1) {
                  addSlot(at, ofIt.get(0).excluded(), false);
                } else {
                  for (int fold = 0; fold < folds; fold++) {
                    addSlot(at, fold, true);
                  }
                }
              });
    }

    private <S extends RowSums<S>> void addSlot(SumsAt<S> at, int fold, boolean isOnly) {
      slots.add(new Slot<>(at, fold, isOnly));
    }

    @Override
    public FoldedSums empty() {
      return new FoldedSums(folds, slots);
    }
  }

  @Override
  public void add(double[] l, int label, double weight) {
    add(l, label, weight, ContentHash.of(l, label));
  }

  @Override
  public void add(double[] l, int label, double weight, long key) {
    int fold = Folds.of(key, folds);
    for (int i = 0; i < sums.size(); i++) {
      if (slots.get(i).takes(fold)) {
        sums.get(i).add(l, label, weight);
      }
    }
  }

  /** Whether such sums are kept, of whichever rows. */
  boolean has(SumsAt<?> at) {
    return slots.stream().anyMatch(slot -> slot.at().equals(at));
  }

  /** What was requested. */
  <S extends RowSums<S>> S get(Request<S> request) {
    S all = request.at().empty();
    for (int i = 0; i < sums.size(); i++) {
      Slot<?> slot = slots.get(i);
      if (slot.at().equals(request.at())) {
        if (!slot.isOnly()) {
          return ofSlot(i);
        }
        if (slot.fold() != request.excluded()) {
          all.merge(ofSlot(i));
        }
      }
    }
    return all;
  }

  // A slot has the sums that its request asks for.
  @SuppressWarnings("unchecked")
  private <S extends RowSums<S>> S ofSlot(int i) {
    return (S) sums.get(i);
  }

  @Override
  public void merge(FoldedSums other) {
    for (int i = 0; i < sums.size(); i++) {
      merge(sums.get(i), other, i);
    }
  }

  private static <S extends RowSums<S>> void merge(RowSums<S> into, FoldedSums other, int i) {
    into.merge(other.ofSlot(i));
  }

  @Override
  public void write(DataOutput out) throws IOException {
    for (RowSums<?> of : sums) {
      of.write(out);
    }
  }

  @Override
  public void read(DataInput in) throws IOException {
    for (RowSums<?> of : sums) {
      of.read(in);
    }
  }
}
