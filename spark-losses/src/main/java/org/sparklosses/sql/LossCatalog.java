package org.sparklosses.sql;

import org.apache.spark.sql.catalyst.analysis.NoSuchFunctionException;
import org.apache.spark.sql.connector.catalog.FunctionCatalog;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.functions.BoundFunction;
import org.apache.spark.sql.connector.catalog.functions.UnboundFunction;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.sparklosses.function.RowFunction;
import org.sparklosses.function.RowFunctions;

/**
 * The functions as a catalog, for those who want them qualified: with {@code
 * spark.sql.catalog.losses=org.sparklosses.sql.LossCatalog}, {@code losses.focal_loss(logits,
 * label)}. Arguments go by place only; Spark takes none by name for functions of a catalog.
 */
public final class LossCatalog implements FunctionCatalog {

  private String name;

  /** For Spark. */
  public LossCatalog() {}

  @Override
  public void initialize(String catalogName, CaseInsensitiveStringMap options) {
    name = catalogName;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Identifier[] listFunctions(String[] namespace) {
    return RowFunctions.all().stream()
        .map(function -> Identifier.of(namespace, function.name()))
        .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    RowFunction function =
        identifier.namespace().length == 0
            ? RowFunctions.find(identifier.name()).orElse(null)
            : null;
    if (function == null) {
      throw new NoSuchFunctionException(identifier);
    }
    return new Unbound(function);
  }

  private record Unbound(RowFunction function) implements UnboundFunction {

    @Override
    public String name() {
      return function.name();
    }

    @Override
    public String description() {
      return function.signature() + " - " + function.summary() + " " + function.formula();
    }

    @Override
    public BoundFunction bind(StructType inputType) {
      int given = inputType.length();
      if (given < function.columns().size() || given > function.parameters().size()) {
        throw new UnsupportedOperationException(
            function.name() + " takes other arguments; it is " + function.signature());
      }
      return new CatalogFunction(function.name(), inputType);
    }
  }
}
