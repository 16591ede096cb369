// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.types.StringType;
import org.sparklosses.evaluate.EvaluationState;
import org.sparklosses.evaluate.StateExpressions;
import scala.collection.immutable.Seq;

/**
 * The functions that are no {@link org.sparklosses.function.RowFunction}: those of states of
 * evaluations, two aggregates without states, and those of calibrators, which are stored as states
 * are.
 */
enum StateFunction {
  /** Builds a state of a group of rows. */
  EVALUATION_STATE(
      "evaluation_state(predictions, label [, weight] [, options])",
      "What an evaluation keeps of a group of rows, as bytes: metrics are read off it later, and"
          + " states of several groups can be merged.",
      "evaluation_metric(evaluation_state(logits, label), 'log_loss')"
          + " FROM VALUES (array(2.0, 0.5), 0) AS t(logits, label)",
      2,
      4) {
    @Override
    Expression build(List<Expression> arguments) {
      int columns = arguments.size();
      boolean hasOptions = arguments.get(columns - 1).dataType() instanceof StringType;
      String options = hasOptions ? text("options", arguments.get(columns - 1)) : "";
      int last = hasOptions ? columns - 1 : columns;
      if (last < 2 || last > 3) {
        throw refusal(columns);
      }
      return StateExpressions.state(arguments.subList(0, last), options);
    }
  },
  /** Merges states. */
  MERGE_EVALUATION_STATES(
      "merge_evaluation_states(state)",
      "The state of all rows of the states of a group; NULL of none.",
      "merge_evaluation_states(state) FROM (SELECT evaluation_state(logits, label) AS state"
          + " FROM VALUES (array(2.0, 0.5), 0) AS t(logits, label))",
      1,
      1) {
    @Override
    Expression build(List<Expression> arguments) {
      return StateExpressions.merge(arguments.get(0));
    }
  },
  /** The logarithm of a sum of exponentials, which is its own state. */
  LOGSUMEXP_AGGREGATE(
      "logsumexp_aggregate(value)",
      "log sum exp(value) over rows, the same bits in any order and partitioning, for any size of"
          + " the values; -Infinity of no rows. A NULL is no row.",
      "logsumexp_aggregate(value) FROM VALUES (1000.0), (1000.5) AS t(value)",
      1,
      1) {
    @Override
    Expression build(List<Expression> arguments) {
      return StateExpressions.logSumExp(arguments.get(0));
    }
  },
  /** Metrics of rows with several labels each. */
  MULTILABEL_METRICS(
      "multilabel_metrics(scores, targets [, options])",
      "Metrics of rows with one score and one target (0 or 1) a label, as a struct: mean average"
          + " precision, precision, recall and F1 by class and overall, Hamming loss and subset"
          + " accuracy; NULL of no rows. Options are text, as 'scores=logits; threshold=0.3': what"
          + " the scores are, probabilities unless said otherwise, and above which a label is"
          + " predicted, by default 0.5, of logits 0.",
      "multilabel_metrics(scores, targets).overall_f1"
          + " FROM VALUES (array(0.9, 0.2, 0.7), array(1, 0, 0)) AS t(scores, targets)",
      2,
      3) {
    @Override
    Expression build(List<Expression> arguments) {
      return StateExpressions.multilabel(
          arguments.get(0),
          arguments.get(1),
          arguments.size() < 3 ? "" : text("options", arguments.get(2)));
    }
  },
  /** Reads a metric. */
  EVALUATION_METRIC(
      "evaluation_metric(state, metric [, part])",
      "A metric of a state, named as 'name' or 'name(parameter=value, ...)'; of a metric with"
          + " several parts the one named, or the first. NULL for a state of no rows.",
      "evaluation_metric(evaluation_state(logits, label), 'top_label_calibration_error(norm=max)')"
          + " FROM VALUES (array(2.0, 0.5), 0) AS t(logits, label)",
      2,
      3) {
    @Override
    Expression build(List<Expression> arguments) {
      return StateReadingExpression.of(
          arguments.get(0),
          new StateMetric(
              text("metric", arguments.get(1)),
              arguments.size() < 3 ? "" : text("part", arguments.get(2))));
    }
  },
  /** Fits a calibrator. */
  FIT_CALIBRATOR(
      "fit_calibrator(state, method)",
      "A calibrator of two classes, fitted from a state that was built for the metric"
          + " recalibration_gain, as bytes for calibrate and calibrate_probabilities: no row is"
          + " read. NULL for a state of no rows.",
      "calibrate(fit_calibrator(state, 'platt_scaling'), array(0.0, 1.5)) FROM (SELECT"
          + " evaluation_state(logits, label, 'metrics=recalibration_gain') AS state FROM VALUES"
          + " (array(0.0, 2.0), 1), (array(0.0, -1.0), 0), (array(0.0, 3.0), 0) AS t(logits,"
          + " label))",
      2,
      2) {
    @Override
    Expression build(List<Expression> arguments) {
      return StateReadingExpression.of(
          arguments.get(0), new StateFit(text("method", arguments.get(1))));
    }
  },
  /** Calibrates logits. */
  CALIBRATE(
      "calibrate(model, logits)",
      "The calibrated probabilities of a row of logits, by the bytes of a fitted calibrator:"
          + " CalibratorModel.toBytes(). NULL where the logits are, hold a NULL, or have no"
          + " softmax.",
      "calibrate(unbase64('%s'), array(2.0, 0.5))".formatted(Calibration.EXAMPLE),
      2,
      2) {
    @Override
    Expression build(List<Expression> arguments) {
      return CalibrationExpression.of(arguments.get(0), arguments.get(1), true);
    }
  },
  /** Calibrates probabilities. */
  CALIBRATE_PROBABILITIES(
      "calibrate_probabilities(model, probabilities)",
      "The calibrated probabilities of a row of probabilities, by the bytes of a fitted"
          + " calibrator: CalibratorModel.toBytes(). NULL where they are, hold a NULL, or are of no"
          + " distribution.",
      "calibrate_probabilities(unbase64('%s'), array(0.8, 0.2))".formatted(Calibration.EXAMPLE),
      2,
      2) {
    @Override
    Expression build(List<Expression> arguments) {
      return CalibrationExpression.of(arguments.get(0), arguments.get(1), false);
    }
  };

  private final String signature;
  private final String summary;
  private final String example;
  private final int least;
  private final int most;

  StateFunction(String signature, String summary, String example, int least, int most) {
    this.signature = signature;
    this.summary = summary;
    this.example = example;
    this.least = least;
    this.most = most;
  }

  /** The expression of a call with so many arguments as it takes. */
  abstract Expression build(List<Expression> arguments);

  static Optional<StateFunction> find(String name) {
    return Arrays.stream(values()).filter(f -> f.sqlName().equalsIgnoreCase(name)).findFirst();
  }

  /** Whether it is an aggregate whose value is its state. */
  boolean isState() {
    return this == EVALUATION_STATE || this == MERGE_EVALUATION_STATES;
  }

  /** Whether it is read off a state. */
  boolean isOfState() {
    return this == EVALUATION_METRIC || this == FIT_CALIBRATOR;
  }

  /** Whether it calibrates rows. */
  boolean isCalibration() {
    return this == CALIBRATE || this == CALIBRATE_PROBABILITIES;
  }

  /** Whether {@link LossCatalog} has it: states of the others need the options to be read. */
  boolean isInCatalog() {
    return this != MULTILABEL_METRICS;
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return signature + " - " + summary;
  }

  /** What {@code DESCRIBE FUNCTION EXTENDED} shows. */
  ExpressionInfo info() {
    boolean isAggregate = !isOfState() && !isCalibration();
    return new ExpressionInfo(
        EvaluationState.class.getName(),
        null,
        sqlName(),
        description(),
        "",
        "\n    Examples:\n      > SELECT " + example + ";\n  ",
        "",
        isAggregate ? "agg_funcs" : "misc_funcs",
        "0.1.0",
        "",
        "java_udf");
  }

  void checkCount(int arguments) {
    if (arguments < least || arguments > most) {
      throw refusal(arguments);
    }
  }

  /** The expression of a call, an {@link InvalidCall} if it cannot run. */
  Expression of(Seq<Expression> arguments) {
    List<Expression> given =
        Scala.list(arguments).stream()
            .map(a -> a instanceof NamedArgumentExpression named ? named.value() : a)
            .toList();
    try {
      if (Scala.list(arguments).stream().anyMatch(NamedArgumentExpression.class::isInstance)) {
        throw new IllegalArgumentException("takes its arguments by place; it is " + signature);
      }
      checkCount(given.size());
      return build(given);
    } catch (IllegalArgumentException e) {
      return new InvalidCall(sqlName(), sqlName() + " " + e.getMessage(), given);
    }
  }

  IllegalArgumentException refusal(int arguments) {
    return new IllegalArgumentException(
        "does not take these " + arguments + " arguments; it is " + signature);
  }

  private static String text(String parameter, Expression argument) {
    Object value = argument.foldable() ? argument.eval(InternalRow.empty()) : null;
    if (!(argument.dataType() instanceof StringType) || value == null) {
      throw new IllegalArgumentException(
          "needs a constant text as " + parameter + ", not " + argument.sql());
    }
    return value.toString();
  }
}
