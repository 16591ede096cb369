// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.sparklosses.function.Body;
import org.sparklosses.function.Parameter;
import org.sparklosses.function.ParameterType;
import org.sparklosses.function.RowFunction;

/** Calls with columns of every kind, evaluated without a session. */
class CallTest {

  private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType FLOATS = DataTypes.createArrayType(DataTypes.FloatType);

  /** Two arrays, a matrix and a number: a function that tells where each value went. */
  private static final RowFunction PLACES =
      RowFunction.define("places")
          .parameters(
              Parameter.logits(),
              Parameter.column("teacher_logits", ParameterType.LOGITS, "the teacher's"),
              Parameter.column("set_logits", ParameterType.MATRIX, "of several models"),
              Parameter.column("epsilon", ParameterType.DOUBLE, "of the row"))
          .summary("A test.")
          .formula("none")
          .range("any")
          .source("none")
          .example("places()")
          .body(
              settings ->
                  Body.ofRow(
                      row ->
                          row.logits()[0]
                              + 10 * row.array(1)[1]
                              + 100 * row.matrix(2)[1][0]
                              + 1000 * row.number(3)));

  @Test
  void columnsOfEveryKindReachTheFunction() {
    Expression call =
        places(floats(1, 2), doubles(3, 4), matrix(), new Literal(7, DataTypes.IntegerType));
    double expected = 1 + 10 * 4 + 100 * 6 + 1000 * 7;
    assertEquals(expected, call.eval(InternalRow.empty()));
    assertEquals(expected, generated(call).getDouble(0));
  }

  @Test
  void anyColumnThatIsNullGivesNull() {
    Expression call =
        places(floats(1, 2), doubles(3, 4), matrix(), new Literal(null, DataTypes.DoubleType));
    assertNull(call.eval(InternalRow.empty()));
    assertTrue(generated(call).isNullAt(0));
  }

  @Test
  void columnsWithOneNumberAClassHaveOneLength() {
    Expression call =
        places(floats(1, 2), doubles(3, 4, 5), matrix(), new Literal(7.0, DataTypes.DoubleType));
    String message =
        "places: teacher_logits has 3 entries, but logits has 2; both need one entry a class";
    String evaluated =
        assertThrows(IllegalArgumentException.class, () -> call.eval(InternalRow.empty()))
            .getMessage();
    assertTrue(evaluated.startsWith(message), evaluated);
    assertEquals(
        evaluated,
        assertThrows(IllegalArgumentException.class, () -> generated(call)).getMessage());
  }

  @Test
  void aMatrixMustBeOne() {
    assertInstanceOf(
        InvalidCall.class,
        places(floats(1, 2), doubles(3, 4), doubles(1, 2), new Literal(7.0, DataTypes.DoubleType)));
  }

  @Test
  void theCatalogsFunctionEvaluatesItselfWhereNoRuleReplacesIt() {
    StructType input =
        new StructType()
            .add("logits", DOUBLES)
            .add("label", DataTypes.LongType)
            .add("gamma", DataTypes.DoubleType);
    CatalogFunction focal = new CatalogFunction("focal_loss", input);
    assertEquals(DataTypes.DoubleType, focal.resultType());
    assertEquals(0.125 * Math.log(2), (Double) focal.produceResult(row(0L, 3.0)), 1e-15);
    assertNull(focal.produceResult(row(-100L, 3.0)));
    assertThrows(IllegalArgumentException.class, () -> focal.produceResult(row(0L, -3.0)));
  }

  private static InternalRow row(long label, double gamma) {
    return new GenericInternalRow(
        new Object[] {UnsafeArrayData.fromPrimitiveArray(new double[] {1, 1}), label, gamma});
  }

  private static Expression places(Expression... arguments) {
    return Call.of(PLACES, Scala.seq(List.of(arguments)));
  }

  private static InternalRow generated(Expression call) {
    return UnsafeProjection.create(Scala.seq(List.of(call))).apply(InternalRow.empty());
  }

  private static Literal floats(float... values) {
    return new Literal(UnsafeArrayData.fromPrimitiveArray(values), FLOATS);
  }

  private static Literal doubles(double... values) {
    return new Literal(UnsafeArrayData.fromPrimitiveArray(values), DOUBLES);
  }

  private static Literal matrix() {
    ArrayData first = UnsafeArrayData.fromPrimitiveArray(new double[] {5});
    ArrayData second = UnsafeArrayData.fromPrimitiveArray(new double[] {6});
    return new Literal(
        new GenericArrayData(new Object[] {first, second}), DataTypes.createArrayType(DOUBLES));
  }
}
