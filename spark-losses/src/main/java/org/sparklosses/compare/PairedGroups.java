// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.sparklosses.table.ByteChunks;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.SliceKey;

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
    return of(spec, ByteChunks.read(state, new PairedGrouping(spec).newGroups()));
  }

  /** Off the state of the pass. */
  static PairedGroups of(ComparisonSpec spec, GroupBuffer<PairedGroup> buffer) {
    PairedGroup overall = buffer.merged(new PairedGrouping(spec).newGroup(0, null));
    return new PairedGroups(
        buffer.classes(),
        overall,
        IntStream.range(0, spec.evaluation().rows().slices().size())
            .mapToObj(buffer::sorted)
            .toList());
  }

  /** The slices of a declaration. */
  Map<SliceKey, PairedGroup> slices(int declaration) {
    return declared.get(declaration);
  }
}
