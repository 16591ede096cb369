package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The components that the metrics of one query need, each once.
 *
 * @param weighted whether rows have weights
 */
public record MetricPlan(
    List<Component.Mean> means,
    List<Component.Binned> binned,
    List<Component.Classwise> classwise,
    boolean weighted) {

  /** Copies the lists. */
  public MetricPlan {
    means = List.copyOf(means);
    binned = List.copyOf(binned);
    classwise = List.copyOf(classwise);
  }

  /** What these metrics need. */
  public static MetricPlan of(List<BoundMetric> metrics, boolean weighted) {
    Set<Component> all = new LinkedHashSet<>();
    metrics.forEach(metric -> all.addAll(metric.needs()));
    return new MetricPlan(
        only(Component.Mean.class, all),
        only(Component.Binned.class, all),
        only(Component.Classwise.class, all),
        weighted);
  }

  private static <T extends Component> List<T> only(Class<T> type, Set<Component> all) {
    List<T> list = new ArrayList<>();
    for (Component component : all) {
      if (type.isInstance(component)) {
        list.add(type.cast(component));
      }
    }
    return list;
  }

  /** Below it a probability lies in the first bin of every classwise component. */
  double smallestEdge() {
    return classwise.stream().mapToDouble(c -> c.binning().edge(1)).min().orElse(1);
  }
}
