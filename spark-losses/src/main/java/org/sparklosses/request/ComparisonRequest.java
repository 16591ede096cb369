// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.sparklosses.compare.Comparison;
import org.sparklosses.compare.ComparisonResult;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.report.ComparisonConsole;
import org.sparklosses.report.ComparisonJson;
import org.sparklosses.report.ComparisonPage;

/**
 * A {@link Comparison} as JSON: {@code {"logits": {"old": "logits_old", "new": "logits_new"},
 * "label": "y"}}. The first model is the baseline. The settings are those of an {@link
 * EvaluationRequest} but for {@code figures} and {@code gates}; {@code second} is a table or view
 * that the session knows by name, which has the predictions of the second model and is joined by
 * {@code key}.
 *
 * @param fields the settings
 */
record ComparisonRequest(Fields fields) implements Request {

  static final String KIND = "comparison";

  private static final String SECOND = "second";

  private static final List<String> KNOWN =
      Stream.concat(EvaluationRequest.SHARED.stream(), Stream.of(SECOND)).toList();

  static ComparisonRequest of(String json) {
    return new ComparisonRequest(Fields.of(KIND, json, KNOWN));
  }

  @Override
  public Documents run(Dataset<?> table) {
    ComparisonResult result = compare(table);
    return new Documents(
        ComparisonJson.of(SharedFields.bins(fields) ? result : result.withoutBins()),
        ComparisonPage.of(result, SharedFields.title(fields, "predictions")),
        ComparisonConsole.of(result));
  }

  ComparisonResult compare(Dataset<?> table) {
    String kind = EvaluationRequest.predictions(fields);
    Map<String, String> models = fields.map(kind).orElseThrow();
    if (models.size() < 2) {
      throw new IllegalArgumentException(
          "%s: %s names %s; give the columns of two models or more, the baseline first"
              .formatted(KIND, kind, models.isEmpty() ? "no model" : "one model alone"));
    }
    Iterator<Map.Entry<String, String>> each = models.entrySet().iterator();
    Map.Entry<String, String> baseline = each.next();
    Evaluation evaluation =
        EvaluationRequest.configured(
            fields, EvaluationRequest.start(kind, baseline.getValue()), table);
    Comparison comparison = Comparison.of(baseline.getKey(), evaluation);
    while (each.hasNext()) {
      Map.Entry<String, String> model = each.next();
      comparison = comparison.model(model.getKey(), model.getValue());
    }
    return run(comparison, table);
  }

  private ComparisonResult run(Comparison comparison, Dataset<?> table) {
    Optional<String> second = fields.text(SECOND);
    return SharedFields.told(
        () ->
            second.isEmpty()
                ? comparison.run(table)
                : comparison.run(table, table.sparkSession().table(second.get())));
  }
}
