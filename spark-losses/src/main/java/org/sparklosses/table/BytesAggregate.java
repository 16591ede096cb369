// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate function whose buffer travels, and whose value is, as bytes: what Catalyst asks of
 * any of them.
 *
 * @param <B> the buffer
 */
public abstract class BytesAggregate<B> extends TypedImperativeAggregate<B>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Serializable definition;
  private final Seq<Expression> children;
  private final int mutableOffset;
  private final int inputOffset;

  /**
   * @param definition what it computes; functions of equal definition and columns are equal
   */
  protected BytesAggregate(
      Serializable definition, Seq<Expression> children, int mutableOffset, int inputOffset) {
    this.definition = definition;
    this.children = children;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  /** The same function of other columns, or with its buffer in another place. */
  public abstract BytesAggregate<B> copy(Seq<Expression> newChildren, int newMutable, int newInput);

  /** The columns. */
  public List<Expression> columns() {
    return CollectionConverters.asJava(children);
  }

  @Override
  public Object eval(B buffer) {
    return serialize(buffer);
  }

  @Override
  public int mutableAggBufferOffset() {
    return mutableOffset;
  }

  @Override
  public int inputAggBufferOffset() {
    return inputOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return copy(children, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return copy(children, mutableOffset, offset);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public Seq<Expression> children() {
    return children;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return copy(newChildren, mutableOffset, inputOffset);
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int i) {
    return switch (i) {
      case 0 -> definition;
      case 1 -> children;
      case 2 -> mutableOffset;
      default -> inputOffset;
    };
  }

  /** Plans show the columns alone: a definition can be long. */
  @Override
  public Iterator<Object> stringArgs() {
    return CollectionConverters.<Object>asScala(new ArrayList<Object>(columns())).iterator();
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytesAggregate<?> that
        && that.canEqual(this)
        && definition.equals(that.definition)
        && children.equals(that.children)
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(definition, children, mutableOffset, inputOffset);
  }
}
