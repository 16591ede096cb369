// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sparklosses.exact.ExactSums;

/**
 * What the metrics of one query need, each once.
 *
 * @param means the means over rows
 * @param components everything else
 * @param weighted whether rows have weights
 */
public record MetricPlan(List<Mean> means, List<Component<?>> components, boolean weighted) {

  private static final long BYTES_OF_STATE = 1000;

  /** What a state is planned for. */
  public interface Planned {

    /** What it needs of a state. */
    List<Need> needs();
  }

  /** Copies the lists. */
  public MetricPlan {
    means = List.copyOf(means);
    components = List.copyOf(components);
  }

  /** The same with one more component. */
  public MetricPlan with(Component<?> component) {
    List<Component<?>> more = new ArrayList<>(components);
    more.add(component);
    return new MetricPlan(means, more, weighted);
  }

  /**
   * About how many bytes of memory a state of so many rows takes.
   *
   * @param classes the number of classes
   */
  public long bytes(long rows, int classes) {
    long bytes = BYTES_OF_STATE + (long) means.size() * ExactSums.BYTES_OF_SUM;
    for (Component<?> component : components) {
      bytes += component.bytes(rows, classes, weighted);
    }
    return bytes;
  }

  /** What these metrics need. */
  public static MetricPlan of(List<? extends Planned> metrics, boolean weighted) {
    Set<Need> all = new LinkedHashSet<>();
    metrics.forEach(metric -> all.addAll(metric.needs()));
    all.removeIf(need -> need instanceof Ranks ranks && all.contains(new Scores(ranks.source())));
    List<Mean> means = new ArrayList<>();
    List<Component<?>> components = new ArrayList<>();
    for (Need need : all) {
      if (need instanceof Mean mean) {
        means.add(mean);
      } else if (need instanceof Component<?> component) {
        components.add(component);
      }
    }
    return new MetricPlan(means, components, weighted);
  }
}
