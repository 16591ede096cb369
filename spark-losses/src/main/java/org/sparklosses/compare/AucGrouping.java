// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sparklosses.metric.MetricState;
import org.sparklosses.score.Placements;
import org.sparklosses.table.EvaluationException;
import org.sparklosses.table.SliceKey;

/**
 * The second pass of a comparison, for the covariance of AUCs: all rows together, then by slice.
 * Executors take the distributions off the state of the first pass.
 */
final class AucGrouping implements RowGrouping<AucGroup> {

  private static final long serialVersionUID = 1L;

  private final ComparisonSpec spec;
  private final byte[] firstPass;

  /** Per task: read from the bytes on first use. */
  private transient PairedGroups groups;

  AucGrouping(ComparisonSpec spec, byte[] firstPass) {
    this.spec = spec;
    this.firstPass = firstPass;
  }

  @Override
  public ComparisonSpec spec() {
    return spec;
  }

  @Override
  public List<List<String>> declarations() {
    List<List<String>> declarations = new ArrayList<>(spec.evaluation().rows().slices());
    declarations.add(0, List.of());
    return declarations;
  }

  @Override
  public AucGroup newGroup(int declaration, SliceKey key) {
    if (groups == null) {
      groups = PairedGroups.of(spec, firstPass);
    }
    PairedGroup group =
        declaration == 0 ? groups.overall() : groups.slices(declaration - 1).get(key);
    if (group == null) {
      throw new EvaluationException(
          "the table has other rows when it is read again: AUCs need a table that stays the same");
    }
    return new AucGroup(
        IntStream.range(0, spec.models()).mapToObj(m -> placements(group.state(m))).toList());
  }

  private static Placements placements(MetricState state) {
    return state.get(ComparisonSpec.POSITIVE).placements(0);
  }
}
