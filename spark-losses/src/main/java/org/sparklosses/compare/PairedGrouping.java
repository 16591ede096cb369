// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.compare;

import java.util.List;
import org.sparklosses.metric.Mean;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.table.SliceKey;

/** The first pass of a comparison: by slice, or all rows together when there are no slices. */
final class PairedGrouping implements RowGrouping<PairedGroup> {

  private static final long serialVersionUID = 1L;

  private final ComparisonSpec spec;

  /** Per task: made from the spec on first use. */
  private transient MetricPlan plan;

  private transient List<Mean> means;

  PairedGrouping(ComparisonSpec spec) {
    this.spec = spec;
  }

  @Override
  public ComparisonSpec spec() {
    return spec;
  }

  @Override
  public List<List<String>> declarations() {
    return spec.evaluation().rows().groupings();
  }

  @Override
  public PairedGroup newGroup(int declaration, SliceKey key) {
    if (plan == null) {
      plan = spec.plan();
      means = spec.means();
    }
    return new PairedGroup(spec.models(), plan, means);
  }
}
