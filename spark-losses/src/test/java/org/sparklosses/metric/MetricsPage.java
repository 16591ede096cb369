// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterText;
import org.sparklosses.testing.Shown;

/** The generated parts of the page on metrics, from their definitions. */
final class MetricsPage {

  /** The table of the examples: is a digit an 8? */
  static final List<String> TABLE =
      List.of(
          """
          CREATE OR REPLACE TEMPORARY VIEW digits
          USING csv OPTIONS (path 'jobs/sample/digits.csv', header true, inferSchema true)\
          """,
          """
          CREATE OR REPLACE TEMPORARY VIEW eights AS
          SELECT array(1 - p, p) AS probabilities, CAST(label = 8 AS INT) AS label
          FROM (SELECT label,
                       softmax(array(logit_0, logit_1, logit_2, logit_3, logit_4,
                                     logit_5, logit_6, logit_7, logit_8, logit_9))[8] AS p
                FROM digits)\
          """);

  private MetricsPage() {}

  static List<MetricFamily> families() {
    return ServiceLoader.load(MetricFamily.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** The name of the part of the page. */
  static String name(MetricFamily family) {
    return family.getClass().getSimpleName();
  }

  static String table() {
    return TABLE.stream().collect(Collectors.joining(";\n\n", "```sql\n", "\n```\n"));
  }

  /** The metrics of a family, and what they are of the table. */
  static String family(MetricFamily family, SparkSession spark) {
    StringBuilder text = new StringBuilder();
    family.metrics().forEach(metric -> text.append(metric(metric)));
    String query = query(family);
    text.append("```sql\n").append(query).append("\n```\n");
    text.append("```text\n").append(Shown.columns(spark, query).strip()).append("\n```\n");
    return text.toString();
  }

  private static String query(MetricFamily family) {
    return family.metrics().stream()
            .map(
                metric ->
                    "round(evaluation_metric(state, '%1$s'), 6) AS %1$s".formatted(metric.id()))
            .collect(Collectors.joining(",\n       ", "SELECT ", "\n"))
        + "FROM (SELECT evaluation_state(probabilities, label, 'input=probabilities; metrics="
        + family.metrics().stream().map(Metric::id).collect(Collectors.joining(", "))
        + "') AS state\n      FROM eights)";
  }

  private static String metric(Metric metric) {
    StringBuilder text = new StringBuilder();
    text.append("**`").append(signature(metric)).append("`**: ").append(metric.description());
    text.append(".\n\n");
    if (!metric.aliases().isEmpty()) {
      text.append("- other names: ").append(codes(metric.aliases())).append('\n');
    }
    for (Parameter parameter : metric.parameters()) {
      text.append("- `").append(parameter.name()).append("`: ").append(parameter.meaning());
      text.append("; allowed: ").append(parameter.allowedText()).append('\n');
    }
    Set<String> parts = parts(metric);
    if (parts.size() > 1) {
      text.append("- gives ").append(codes(parts)).append('\n');
    }
    String best =
        metric
            .ideal()
            .map(ideal -> "best at `" + ideal.name() + "`")
            .orElse(metric.isLargerBetter() ? "larger is better" : "smaller is better");
    text.append("- ").append(best);
    text.append("; ").append(exactness(metric, parts)).append('\n');
    if (!metric.source().isEmpty()) {
      text.append("- source: ").append(linked(metric.source())).append('\n');
    }
    return text.append('\n').toString();
  }

  private static String signature(Metric metric) {
    return metric.parameters().isEmpty()
        ? metric.id()
        : metric.parameters().stream()
            .map(parameter -> parameter.name() + "=" + ParameterText.of(parameter.defaultValue()))
            .collect(Collectors.joining(", ", metric.id() + "(", ")"));
  }

  private static BoundMetric bound(Metric metric) {
    return Metrics.bind(MetricSpec.of(metric.id()));
  }

  private static Set<String> parts(Metric metric) {
    BoundMetric bound = bound(metric);
    return bound.read(new MetricState(MetricPlan.of(List.of(bound), false))).values().keySet();
  }

  /** Of the metric as it is without parameters given. */
  private static String exactness(Metric metric, Set<String> parts) {
    List<Need> needs = bound(metric).needs();
    if (needs.stream().anyMatch(RowSample.class::isInstance)) {
      return "of a sample";
    }
    if (needs.stream().noneMatch(n -> n instanceof Scores || n instanceof Ranks)) {
      return "exact";
    }
    return parts.contains("error_bound")
        ? "exact, or off a grid with a bound"
        : "exact, or off a grid";
  }

  private static String codes(Iterable<String> names) {
    List<String> codes = new ArrayList<>();
    names.forEach(name -> codes.add("`" + name + "`"));
    return String.join(", ", codes);
  }

  private static String linked(String source) {
    return source
        .replaceAll("arXiv:(\\d{4}\\.\\d{4,5})", "[arXiv:$1](https://arxiv.org/abs/$1)")
        .replaceAll("doi:(10\\.[^ ;,]+)", "[doi:$1](https://doi.org/$1)");
  }

  /** The papers, each with its metrics. */
  static String papers() {
    Map<String, List<String>> metrics = new LinkedHashMap<>();
    for (Metric metric : Metrics.all()) {
      for (String paper : metric.source().split("; ", -1)) {
        if (!paper.isEmpty()) {
          metrics.computeIfAbsent(paper, key -> new ArrayList<>()).add(metric.id());
        }
      }
    }
    StringBuilder table = new StringBuilder("| source | metrics |\n|---|---|\n");
    metrics.forEach(
        (paper, names) -> table.append("| %s | %s |%n".formatted(linked(paper), codes(names))));
    return table.toString();
  }
}
