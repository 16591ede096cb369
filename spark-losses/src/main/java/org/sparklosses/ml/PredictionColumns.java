// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.sparklosses.evaluate.Evaluation;
import org.sparklosses.table.InputKind;
import org.sparklosses.table.PredictionSpec;

/**
 * The column of predictions of classes that a stage reads.
 *
 * @param <T> the stage
 */
public interface PredictionColumns<T> extends Params {

  /** Param of the column of probabilities; {@code probability} by default. */
  Param<String> probabilityCol();

  /** Param of the column of logits, read instead of probabilities if set. */
  Param<String> rawPredictionCol();

  /** The stage itself. */
  T self();

  /** Sets the column of probabilities. */
  default T setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return self();
  }

  /** Sets the column of logits, which is read instead of probabilities. */
  default T setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return self();
  }

  /** Whether logits are read. */
  default boolean readsLogits() {
    return isSet(rawPredictionCol());
  }

  /** The column that is read. */
  default String inputCol() {
    return getOrDefault(readsLogits() ? rawPredictionCol() : probabilityCol());
  }

  /**
   * The type of the column that is read: a Vector or an array of numbers.
   *
   * @throws IllegalArgumentException if it is missing or has a type that cannot be used
   */
  default DataType inputType(StructType schema) {
    DataType type = schema.apply(inputCol()).dataType();
    boolean isVector = type.equals(SQLDataTypes.VectorType());
    if (!isVector
        && !(type instanceof ArrayType array && array.elementType() instanceof NumericType)) {
      throw new IllegalArgumentException(
          ("column '%s' holds %s; predictions are an MLlib Vector or an array of numbers, one a"
                  + " class; of two classes with one number give array(0, z) of a logit z,"
                  + " array(1 - p, p) of a probability p")
              .formatted(inputCol(), type.sql()));
    }
    return type;
  }

  /** An evaluation of that column, of labels, and of weights if their column is set. */
  default Evaluation evaluation(Param<String> labelCol, Param<String> weightCol) {
    String input = StageColumns.reference(inputCol());
    Evaluation evaluation =
        (readsLogits() ? Evaluation.ofLogits(input) : Evaluation.ofProbabilities(input))
            .label(StageColumns.reference(getOrDefault(labelCol)));
    return isSet(weightCol)
        ? evaluation.weight(StageColumns.reference(getOrDefault(weightCol)))
        : evaluation;
  }

  /**
   * What an evaluation says of the rows.
   *
   * @param stage what the stage is called in the message
   * @throws IllegalArgumentException if it is of another column
   */
  default PredictionSpec rowsOf(Evaluation evaluation, String stage) {
    PredictionSpec input = evaluation.spec().input();
    if (!input.rows().predictions().equals(StageColumns.reference(inputCol()))
        || input.kind().isLogits() != readsLogits()) {
      throw new IllegalArgumentException(
          "the evaluation reads %s '%s', the %s %s '%s'; name the same column"
              .formatted(
                  input.kind(),
                  input.rows().predictions(),
                  stage,
                  readsLogits() ? InputKind.LOGITS : InputKind.PROBABILITIES,
                  inputCol()));
    }
    return input;
  }
}
