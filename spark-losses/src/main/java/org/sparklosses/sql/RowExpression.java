// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * What an expression written in Java needs besides its meaning. Two are equal, and evaluated once a
 * row, when their class, {@link #identity()} and children are.
 */
abstract class RowExpression extends Expression implements Serializable {

  private static final long serialVersionUID = 1;

  private final Seq<Expression> children;

  RowExpression(List<Expression> children) {
    this.children = Scala.seq(children);
  }

  /** What tells two expressions of a class apart besides their children. */
  abstract Object identity();

  /** The same with other children. */
  abstract Expression with(List<Expression> newChildren);

  final Expression child(int i) {
    return children.apply(i);
  }

  static Block block(String code) {
    return new CodeBlock(Scala.seq(List.of(code)), Scala.seq(List.of()));
  }

  @Override
  public final Seq<Expression> children() {
    return children;
  }

  @Override
  public final Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return with(Scala.list(newChildren));
  }

  @Override
  public final int productArity() {
    return children.length() + 1;
  }

  @Override
  public final Object productElement(int i) {
    return i < children.length() ? children.apply(i) : identity();
  }

  @Override
  public final boolean canEqual(Object other) {
    return getClass().isInstance(other);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof RowExpression that
        && getClass() == that.getClass()
        && identity().equals(that.identity())
        && children.equals(that.children);
  }

  @Override
  public final int hashCode() {
    return Objects.hash(getClass(), identity(), children);
  }
}
