// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.request;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.sparklosses.function.ParameterErrors;

/** What is asked for of a table. */
public interface Request {

  /** What can be asked for. */
  List<String> KINDS =
      List.of(EvaluationRequest.KIND, ComparisonRequest.KIND, ForecastRequest.KIND);

  /**
   * Reads a request.
   *
   * @param kind {@code evaluation}, {@code comparison} or {@code forecast}
   * @param json an object whose keys are settings of such a request; {@code null} is as if the key
   *     were absent
   * @throws IllegalArgumentException if there is no such kind, the text is no object, a key is
   *     unknown, or a value has the wrong type
   */
  static Request of(String kind, String json) {
    return switch (kind) {
      case EvaluationRequest.KIND -> EvaluationRequest.of(json);
      case ComparisonRequest.KIND -> ComparisonRequest.of(json);
      case ForecastRequest.KIND -> ForecastRequest.of(json);
      default -> throw ParameterErrors.notAllowed("report", "kind", kind, String.join(", ", KINDS));
    };
  }

  /**
   * Does it.
   *
   * @throws IllegalArgumentException for whatever the builder or its run refuses
   */
  Documents run(Dataset<?> table);
}
