// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparklosses.calibrate.MapNumbers;

/**
 * The method of the least log loss on rows that it was not fitted to, or none where no method gains
 * there. By cross-fitting: each of five parts of the rows is judged by the maps that were fitted to
 * the other four. Candidates are the methods that on the 1,791 experiments of CalArena (2026,
 * arXiv:2605.30188) gain as a rule. All are fitted in the same scans.
 */
public final class AutomaticCalibrator implements ClassCalibrator {

  static final String NAME = "auto";

  private static final int MOST_CLASSES_OF_MATRIX = 64;

  private static final List<String> OF_TWO_CLASSES =
      List.of(
          "quadratic_scaling",
          "beta_calibration",
          "spline_calibration",
          "platt_scaling",
          "temperature_scaling",
          "venn_abers",
          "centered_isotonic");

  private static final List<String> OF_MORE =
      List.of("structured_matrix_scaling", "structured_vector_scaling", TemperatureMix.NAME);

  private final List<ClassCalibrator> given;

  /** For the service loader. */
  public AutomaticCalibrator() {
    this(List.of());
  }

  /**
   * Of other candidates.
   *
   * @param given the candidates, besides none; empty for those of the evidence
   */
  AutomaticCalibrator(List<ClassCalibrator> given) {
    this.given = List.copyOf(given);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "the method of the least log loss on rows that it was not fitted to, or none";
  }

  @Override
  public String formula() {
    return "the least by 5-fold cross-fitting among none and "
        + String.join(", ", OF_TWO_CLASSES)
        + " of two classes, "
        + String.join(", ", OF_MORE)
        + " of more, the first of them for up to %d classes".formatted(MOST_CLASSES_OF_MATRIX);
  }

  @Override
  public String source() {
    return "CalArena 2026, arXiv:2605.30188";
  }

  /** The first is what the others are compared to. */
  private List<ClassCalibrator> candidates(int classes) {
    List<ClassCalibrator> candidates = new ArrayList<>();
    candidates.add(new NoCalibration());
    if (!given.isEmpty()) {
      candidates.addAll(given);
      return candidates;
    }
    (classes == 2 ? OF_TWO_CLASSES : OF_MORE)
        .stream()
            .skip(classes > MOST_CLASSES_OF_MATRIX ? 1 : 0)
            .map(ClassCalibrators::named)
            .forEach(candidates::add);
    return candidates;
  }

  @Override
  public ClassFit fit(LogitRows rows) {
    return fits(rows).get(0);
  }

  @Override
  public List<ClassFit> fits(LogitRows rows) {
    SumsAt<FirstSums> at = new FirstSums.At();
    FoldedSums known = rows.scan(FoldedSums.ofEveryFit(at, Folds.COUNT));
    FirstSums first = known.get(new FoldedSums.Request<>(at, FoldedSums.NONE));
    TemperatureFit.checkRows(first.temperature().rows());
    List<ClassCalibrator> candidates = candidates(first.classes());
    List<Lockstep.Part<ClassFit>> parts = new ArrayList<>();
    for (ClassCalibrator candidate : candidates) {
      parts.add(new Lockstep.Part<>(FoldedSums.NONE, candidate::fit));
      for (int fold = 0; fold < Folds.COUNT; fold++) {
        parts.add(new Lockstep.Part<>(fold, candidate::fit));
      }
    }
    Lockstep.Found<ClassFit> found = Lockstep.run(rows, Folds.COUNT, known, parts);
    List<List<Optional<ClassFit>>> fits = new ArrayList<>();
    for (int m = 0; m < candidates.size(); m++) {
      List<Optional<ClassFit>> ofMethod =
          found.found().subList(m * (Folds.COUNT + 1), (m + 1) * (Folds.COUNT + 1));
      // A fold may have all the rows: then nothing is known of others.
      if (ofMethod.stream().allMatch(Optional::isPresent)) {
        fits.add(ofMethod);
      }
    }
    return fits.isEmpty()
        ? List.of(new NoCalibration().fit(rows).chosen(found.scans() + 2, List.of()))
        : ordered(rows, fits, found.scans() + 2);
  }

  /** The best first of methods, of each of which the fits to all rows and to all but each fold. */
  private static List<ClassFit> ordered(
      LogitRows rows, List<List<Optional<ClassFit>>> fits, int scans) {
    List<ClassFit> ofAll = fits.stream().map(ofMethod -> ofMethod.get(0).orElseThrow()).toList();
    List<List<ClassMap>> maps =
        fits.stream()
            .map(ofMethod -> ofMethod.stream().skip(1).map(fit -> fit.orElseThrow().map()).toList())
            .toList();
    HeldOutSums heldOut = rows.scan(new HeldOutSums.At(maps));
    List<Trial> trials =
        IntStream.range(0, fits.size())
            .mapToObj(m -> heldOut.trial(m, ofAll.get(m).map().method()))
            .sorted(Comparator.comparingDouble(Trial::loss))
            .toList();
    return ofAll.stream()
        .map(fit -> fit.chosen(scans, trials))
        .sorted(Comparator.comparingDouble(fit -> fit.trial().orElseThrow().loss()))
        .toList();
  }

  @Override
  public ClassMap map(int classes, MapNumbers numbers) {
    throw new IllegalArgumentException("a map is of the method that was chosen, not of " + name());
  }
}
