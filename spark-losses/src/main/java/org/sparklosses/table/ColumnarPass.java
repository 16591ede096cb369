// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetArrayItem;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.Size;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.ColumnarToRowTransition;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.sql.vectorized.ColumnarRow;
import org.sparklosses.exact.Mergeable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Evaluates a table straight from the batches that Spark's columnar reader decodes. An aggregate
 * function that is not generated code, as ours, is otherwise handed rows into which all predictions
 * were copied; for wide rows that copy costs more than the evaluation.
 */
public final class ColumnarPass {

  /** Functions of this library, which read entries themselves. */
  private static final String OWN = "org.sparklosses.";

  /** What turns the batches of Apache DataFusion Comet into rows. */
  private static final String COMET = "org.apache.spark.sql.comet.";

  private static final Set<Class<? extends Expression>> NULL_SAFE =
      Set.of(
          CaseWhen.class,
          Cast.class,
          Coalesce.class,
          GetArrayItem.class,
          If.class,
          IsNotNull.class,
          IsNull.class,
          Size.class);

  /** Whether a struct in a batch gives null for a field that is; up to Spark 3.5 it does not. */
  private static final boolean STRUCTS_TELL_NULLS = tellsNulls();

  private final SparkPlan source;
  private final List<Expression> columns;

  /** What holds of the rows of the query. */
  private final Optional<Expression> condition;

  private ColumnarPass(SparkPlan source, List<Expression> columns, Optional<Expression> condition) {
    this.source = source;
    this.columns = columns;
    this.condition = condition;
  }

  /**
   * The pass over a query, if its plan is made of projections and filters of a columnar source.
   *
   * @param query the columns that {@link RowReader} reads
   */
  public static Optional<ColumnarPass> of(Dataset<?> query) {
    SparkPlan plan = withoutCodegen(SparkBridge.execution(query).executedPlan());
    List<Expression> columns = new ArrayList<>(CollectionConverters.asJava(plan.output()));
    Optional<Expression> condition = Optional.empty();
    while (plan instanceof ProjectExec || plan instanceof FilterExec) {
      if (plan instanceof ProjectExec project) {
        Map<ExprId, Expression> projected = projected(project);
        columns.replaceAll(column -> replaced(column, projected));
        condition = condition.map(holds -> replaced(holds, projected));
      } else {
        Expression first = ((FilterExec) plan).condition();
        condition =
            condition.<Expression>map(then -> new And(first, then)).or(() -> Optional.of(first));
      }
      plan = withoutCodegen(plan.children().head());
    }
    if (!givesReadableBatches(plan)
        || !columns.stream().allMatch(ColumnarPass::isOfOneRow)
        || !condition.stream().allMatch(ColumnarPass::isOfOneRow)) {
      return Optional.empty();
    }
    SparkPlan source = withoutCodegen(plan.children().head());
    return Optional.of(new ColumnarPass(source, columns, condition));
  }

  /**
   * Whether a plan makes rows of batches that are column vectors indeed: Spark's own, whatever its
   * source, and Comet's. Batches of other engines may be handles that they alone can read.
   */
  private static boolean givesReadableBatches(SparkPlan plan) {
    return plan instanceof ColumnarToRowExec
        || (plan instanceof ColumnarToRowTransition && plan.getClass().getName().startsWith(COMET));
  }

  /** What each column of a projection is. */
  private static Map<ExprId, Expression> projected(ProjectExec project) {
    Map<ExprId, Expression> columns = new HashMap<>();
    for (NamedExpression column : CollectionConverters.asJava(project.projectList())) {
      columns.put(column.exprId(), (Expression) column);
    }
    return columns;
  }

  /** The expression over what the projected columns are, in place of these. */
  private static Expression replaced(Expression expression, Map<ExprId, Expression> projected) {
    if (expression instanceof Attribute attribute) {
      return withoutAlias(projected.getOrDefault(attribute.exprId(), attribute));
    }
    return withChildren(expression, child -> replaced(child, projected));
  }

  private static Expression withoutAlias(Expression expression) {
    return expression instanceof Alias alias ? alias.child() : expression;
  }

  private static Expression withChildren(Expression of, UnaryOperator<Expression> change) {
    List<Expression> children = new ArrayList<>(CollectionConverters.asJava(of.children()));
    if (children.isEmpty()) {
      return of;
    }
    children.replaceAll(change);
    return of.withNewChildren(CollectionConverters.asScala(children).toSeq());
  }

  private static boolean tellsNulls() {
    StructType type = new StructType().add("field", DataTypes.IntegerType);
    try (OnHeapColumnVector structs = new OnHeapColumnVector(1, type)) {
      structs.getChild(0).putNull(0);
      return new ColumnarRow(structs, 0).get(0, DataTypes.IntegerType) == null;
    }
  }

  /** Whether a row alone decides: not chance, and not the result of another query. */
  private static boolean isOfOneRow(Expression expression) {
    return expression.deterministic()
        && !(expression instanceof PlanExpression<?>)
        && isRightInBatches(expression)
        && CollectionConverters.asJava(expression.children()).stream()
            .allMatch(ColumnarPass::isOfOneRow);
  }

  /**
   * Spark evaluates its functions of arrays, maps and structs over rows that it copied, not over
   * batches: there some of them, such as transform, take what lies where an entry is null for its
   * value. Those that may be used are known to ask first, or hand on what they get.
   */
  private static boolean isRightInBatches(Expression expression) {
    return CollectionConverters.asJava(expression.children()).stream()
            .noneMatch(child -> isNested(child.dataType()))
        || NULL_SAFE.contains(expression.getClass())
        || (expression instanceof GetStructField && STRUCTS_TELL_NULLS)
        || expression.getClass().getName().startsWith(OWN);
  }

  private static boolean isNested(DataType type) {
    return type instanceof ArrayType
        || type instanceof MapType
        || type instanceof StructType
        || type instanceof UserDefinedType<?>;
  }

  /** The expression with attributes replaced by their places. */
  private static Expression bound(Expression expression, List<Attribute> attributes) {
    if (expression instanceof Attribute attribute) {
      for (int i = 0; i < attributes.size(); i++) {
        if (attributes.get(i).exprId().equals(attribute.exprId())) {
          return new BoundReference(i, attribute.dataType(), attribute.nullable());
        }
      }
      throw new IllegalStateException(attribute + " is not among " + attributes);
    }
    return withChildren(expression, child -> bound(child, attributes));
  }

  private static SparkPlan withoutCodegen(SparkPlan plan) {
    if (plan instanceof WholeStageCodegenExec stage) {
      return withoutCodegen(stage.child());
    }
    return plan instanceof InputAdapter adapter ? withoutCodegen(adapter.child()) : plan;
  }

  /** Runs the pass. */
  <B extends Mergeable<B>> B state(Function<List<Expression>, ScanAggregate<B>> aggregate) {
    List<Attribute> attributes = CollectionConverters.asJava(source.output());
    ScanAggregate<B> aggregateOfColumns =
        aggregate.apply(columns.stream().map(column -> bound(column, attributes)).toList());
    Partition<B> partition =
        new Partition<>(
            aggregateOfColumns, condition.map(holds -> bound(holds, attributes)).orElse(null));
    return PartitionStates.merged(
        source.executeColumnar().toJavaRDD().mapPartitions(partition), aggregateOfColumns);
  }

  /** The state of a partition. */
  private static final class Partition<B extends Mergeable<B>>
      implements FlatMapFunction<Iterator<ColumnarBatch>, byte[]> {

    private static final long serialVersionUID = 1L;

    private final ScanAggregate<B> aggregate;

    /** Null for all rows: an Optional does not travel to executors. */
    private final Expression condition;

    Partition(ScanAggregate<B> aggregate, Expression condition) {
      this.aggregate = aggregate;
      this.condition = condition;
    }

    @Override
    public Iterator<byte[]> call(Iterator<ColumnarBatch> batches) {
      B buffer = aggregate.createAggregationBuffer();
      RowSelection selection = new RowSelection(Optional.ofNullable(condition));
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        selection.startBatch(batch);
        aggregate.updateBatch(buffer, batch, selection);
      }
      return List.of(aggregate.serialize(buffer)).iterator();
    }
  }
}
