// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.sparklosses.calibrate.multiclass.ClassCalibrators;
import org.sparklosses.calibrate.multiclass.ClassMap;
import org.sparklosses.function.ResultType;
import org.sparklosses.table.InputTypes;
import org.sparklosses.table.SparkBridge;
import scala.collection.Iterator;

/**
 * The calibrated probabilities of a row; its children are the bytes of the model and the
 * predictions. NULL where a child is, and where predictions hold a NULL or are of no distribution.
 */
public final class CalibrationExpression extends RowExpression {

  private static final long serialVersionUID = 1;

  private final Calibration calibration;

  private CalibrationExpression(Expression model, Expression predictions, Calibration calibration) {
    super(List.of(model, predictions));
    this.calibration = calibration;
  }

  /**
   * A column of calibrated probabilities, as an MLlib Vector where predictions are, else as an
   * array of doubles.
   *
   * @param map the map
   * @param isOfLogits whether predictions are logits; else they are probabilities
   * @param column the name of the column of predictions
   * @param type its type: an array of numbers or an MLlib Vector
   */
  public static Column column(ClassMap map, boolean isOfLogits, String column, DataType type) {
    ColumnType read = ColumnType.array(type).orElseThrow();
    return SparkBridge.column(
        new CalibrationExpression(
            new Literal(map.toBytes(), DataTypes.BinaryType),
            read.cast(UnresolvedAttribute.quoted(column), type),
            new Calibration(isOfLogits, read, read == ColumnType.VECTOR)));
  }

  /**
   * Of arguments of SQL; the result is an array.
   *
   * @throws IllegalArgumentException if one has another type, or the model is a constant that is
   *     none
   */
  static CalibrationExpression of(Expression model, Expression predictions, boolean isOfLogits) {
    DataType type = model.dataType();
    if (!(type instanceof BinaryType || type instanceof NullType)) {
      throw new IllegalArgumentException(
          "takes the bytes of a calibrator (BINARY) as model, not "
              + type.sql()
              + Calibration.REMEDY);
    }
    checkConstant(model);
    String column = isOfLogits ? "logits" : "probabilities";
    ColumnType read =
        ColumnType.array(predictions.dataType())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "takes ARRAY<FLOAT>, ARRAY<DOUBLE> or an MLlib Vector as %s, not %s"
                                .formatted(column, InputTypes.refused(predictions.dataType()))
                            + oneNumber(predictions.dataType(), isOfLogits)));
    return new CalibrationExpression(
        model, read.cast(predictions), new Calibration(isOfLogits, read, false));
  }

  private static String oneNumber(DataType type, boolean isOfLogits) {
    return InputTypes.isNumber(type)
        ? "; of two classes give "
            + (isOfLogits ? "array(0, z) of a logit z" : "array(1 - p, p) of a probability p")
        : "";
  }

  private static void checkConstant(Expression model) {
    Optional<byte[]> bytes = model.foldable() ? constant(model) : Optional.empty();
    try {
      bytes.ifPresent(ClassCalibrators::map);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "needs a calibrator as model: " + e.getMessage() + Calibration.REMEDY, e);
    }
  }

  /** The bytes of a constant; none of NULL, and of one that only the optimizer can evaluate. */
  private static Optional<byte[]> constant(Expression model) {
    try {
      return Optional.ofNullable((byte[]) model.eval(InternalRow.empty()));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  @Override
  Object identity() {
    return calibration;
  }

  @Override
  Expression with(List<Expression> newChildren) {
    return new CalibrationExpression(newChildren.get(0), newChildren.get(1), calibration);
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public DataType dataType() {
    return calibration.givesVector() ? child(1).dataType() : ResultCode.dataType(ResultType.ARRAY);
  }

  @Override
  public String prettyName() {
    return calibration.function();
  }

  /** With what a model of constant bytes is in place of these, which may be millions. */
  @Override
  public String sql() {
    String model = isLiteral() ? shown() : child(0).sql();
    return prettyName() + "(" + model + ", " + child(1).sql() + ")";
  }

  @Override
  public Iterator<Object> stringArgs() {
    Object model = isLiteral() ? shown() : child(0);
    return Scala.<Object>seq(List.of(model, child(1))).iterator();
  }

  private boolean isLiteral() {
    return child(0) instanceof Literal && child(0).dataType() instanceof BinaryType;
  }

  private String shown() {
    Optional<byte[]> bytes = constant(child(0));
    try {
      return bytes
          .map(ClassCalibrators::map)
          .map(map -> map.method() + " of " + map.classes() + " classes")
          .orElse("NULL");
    } catch (IllegalArgumentException e) {
      return bytes.orElseThrow().length + " bytes";
    }
  }

  @Override
  public Object eval(InternalRow input) {
    Object model = child(0).eval(input);
    Object predictions = model == null ? null : child(1).eval(input);
    return predictions == null ? null : calibration.value((byte[]) model, predictions);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode out) {
    String reference =
        context.addReferenceObj("calibration", calibration, Calibration.class.getName());
    ExprCode model = child(0).genCode(context);
    ExprCode predictions = child(1).genCode(context);
    String code =
        """
        %1$s
        %2$s
        %3$s %4$s = null;
        if (!%5$s && !%6$s) {
          %4$s = (%3$s) %7$s.value((byte[]) %8$s, %9$s);
        }
        boolean %10$s = %4$s == null;
        """
            .formatted(
                model.code(),
                predictions.code(),
                calibration.givesVector() ? "InternalRow" : "ArrayData",
                out.value(),
                model.isNull(),
                predictions.isNull(),
                reference,
                model.value(),
                predictions.value(),
                out.isNull());
    return out.copy(block(code), out.isNull(), out.value());
  }
}
