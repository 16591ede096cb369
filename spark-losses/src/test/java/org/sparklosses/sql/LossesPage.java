// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.sparklosses.function.FunctionFamily;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;
import org.sparklosses.testing.Shown;

/** The generated parts of the page on losses, from the definitions of the functions. */
final class LossesPage {

  /** Author and year, perhaps a title, perhaps numbers of arXiv. */
  private static final Pattern PAPER =
      Pattern.compile(
          "((?:de |van )?\\p{Lu}[^;:]*? (?:19|20)\\d\\d)\\b"
              + "((?:, (?!arXiv)[^;(,]+)?)((?:, arXiv:\\d{4}\\.\\d{4,5})+)?(?=[;:, (]|$)");

  private static final Pattern ARXIV = Pattern.compile("arXiv:(\\d{4}\\.\\d{4,5})");

  private LossesPage() {}

  /** The families, a link each. */
  static String contents() {
    StringBuilder text = new StringBuilder();
    for (FunctionFamily family : RowFunctions.families()) {
      String anchor =
          family.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
      text.append(
          String.format(
              "- [%s](#%s): %s%n",
              family.title(),
              anchor,
              family.functions().stream()
                  .map(function -> "`" + function.name() + "`")
                  .collect(Collectors.joining(", "))));
    }
    return text.toString();
  }

  /** A section a family. */
  static String families(SparkSession spark) {
    StringBuilder text = new StringBuilder();
    for (FunctionFamily family : RowFunctions.families()) {
      text.append("## ").append(family.title()).append("\n\n");
      text.append(family.use()).append("\n\n");
      family.functions().forEach(function -> text.append(function(function)));
      String query = example(family);
      text.append("```sql\n").append(query).append("\n```\n");
      text.append("```text\n").append(Shown.columns(spark, query).strip()).append("\n```\n\n");
    }
    return text.toString();
  }

  private static String example(FunctionFamily family) {
    return family.functions().stream()
        .map(function -> function.example() + " AS " + function.name())
        .collect(Collectors.joining(",\n       ", "SELECT ", ""));
  }

  private static String function(RowFunction function) {
    StringBuilder text = new StringBuilder();
    text.append("**`").append(function.signature()).append("`**\n\n");
    text.append(function.summary()).append("\n\n");
    text.append("- formula: `").append(function.formula()).append("`\n");
    text.append("- range: ").append(function.range()).append('\n');
    for (Parameter parameter : function.parameters()) {
      if (!parameter.equals(Parameter.logits()) && !parameter.equals(Parameter.label())) {
        text.append("- `").append(parameter.name()).append("`: ").append(parameter.meaning());
        text.append(parameter.column() ? "" : "; allowed: " + parameter.allowed());
        text.append('\n');
      }
    }
    text.append("- source: ").append(function.source()).append("\n\n");
    return text.toString();
  }

  /** The papers, each with its functions; functions without a paper by what defines them. */
  static String papers() {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, List<String>> functions = new LinkedHashMap<>();
    for (RowFunction function : RowFunctions.all()) {
      for (Map.Entry<String, String> paper : papers(function).entrySet()) {
        texts.merge(paper.getKey(), paper.getValue(), (a, b) -> a.length() < b.length() ? b : a);
        functions
            .computeIfAbsent(paper.getKey(), key -> new ArrayList<>())
            .add("`" + function.name() + "`");
      }
    }
    StringBuilder table = new StringBuilder("| source | functions |\n|---|---|\n");
    texts.forEach(
        (key, text) ->
            table.append(
                String.format("| %s | %s |%n", text, String.join(", ", functions.get(key)))));
    return table.toString();
  }

  /** By their numbers of arXiv, or by author and year: how the function's source cites them. */
  private static Map<String, String> papers(RowFunction function) {
    Map<String, String> papers = new LinkedHashMap<>();
    Matcher paper = PAPER.matcher(function.source());
    while (paper.find()) {
      String numbers = paper.group(3);
      if (numbers == null) {
        papers.put(paper.group(1), paper.group(1));
      } else {
        papers.put(
            numbers,
            paper.group(1)
                + paper.group(2)
                + ARXIV.matcher(numbers).replaceAll("[arXiv:$1](https://arxiv.org/abs/$1)"));
      }
    }
    if (papers.isEmpty()) {
      String definition = function.source().split("; ", -1)[0];
      papers.put(definition, "`" + definition + "`");
    }
    return papers;
  }
}
