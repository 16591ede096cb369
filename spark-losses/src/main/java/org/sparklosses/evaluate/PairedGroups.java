package org.sparklosses.evaluate;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the first pass of a comparison found.
 *
 * @param classes the number of classes; 0 without rows
 * @param overall all rows
 * @param declared the slices of each declaration, in ascending order of their values
 */
record PairedGroups(int classes, PairedGroup overall, List<Map<SliceKey, PairedGroup>> declared) {

  /** Off the bytes of the state of the pass. */
  static PairedGroups of(ComparisonSpec spec, byte[] state) {
    return of(spec, ComparisonBuffer.of(new PairedGrouping(spec), state));
  }

  /** Off the state of the pass. */
  static PairedGroups of(ComparisonSpec spec, ComparisonBuffer<PairedGroup> buffer) {
    PairedGroup overall = new PairedGrouping(spec).newGroup(0, null);
    buffer.groups(0).values().forEach(overall::merge);
    return new PairedGroups(
        buffer.classes(),
        overall,
        IntStream.range(0, spec.evaluation().slices().size()).mapToObj(buffer::groups).toList());
  }

  /** The slices of a declaration. */
  Map<SliceKey, PairedGroup> slices(int declaration) {
    return declared.get(declaration);
  }
}
