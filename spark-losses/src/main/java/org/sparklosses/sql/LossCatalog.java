// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    return Stream.concat(
            RowFunctions.all().stream().map(RowFunction::name),
            Arrays.stream(StateFunction.values())
                .filter(StateFunction::isInCatalog)
                .map(StateFunction::sqlName))
        .map(name -> Identifier.of(namespace, name))
        .toArray(Identifier[]::new);
  }

  @Override
  public UnboundFunction loadFunction(Identifier identifier) throws NoSuchFunctionException {
    if (identifier.namespace().length == 0) {
      Optional<UnboundFunction> function =
          RowFunctions.find(identifier.name())
              .<UnboundFunction>map(Unbound::new)
              .or(
                  () ->
                      StateFunction.find(identifier.name())
                          .filter(StateFunction::isInCatalog)
                          .map(UnboundState::new));
      if (function.isPresent()) {
        return function.get();
      }
    }
    throw new NoSuchFunctionException(identifier);
  }

  private record UnboundState(StateFunction function) implements UnboundFunction {

    @Override
    public String name() {
      return function.sqlName();
    }

    @Override
    public String description() {
      return function.description();
    }

    @Override
    public BoundFunction bind(StructType inputType) {
      try {
        function.checkCount(inputType.length());
        if (function.isCalibration()) {
          return new CatalogCalibration(function, inputType);
        }
        if (function.isOfState()) {
          CatalogStateFunction ofState = new CatalogStateFunction(function, inputType);
          ofState.check();
          return ofState;
        }
        CatalogStateAggregate aggregate = new CatalogStateAggregate(function, inputType);
        aggregate.check();
        return aggregate;
      } catch (IllegalArgumentException e) {
        String message = e.getMessage();
        throw new UnsupportedOperationException(
            message.startsWith(name()) ? message : name() + " " + message, e);
      }
    }
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
      try {
        Call.checkTypes(function, List.of(CatalogStateAggregate.types(inputType)));
      } catch (IllegalArgumentException e) {
        throw new UnsupportedOperationException(e.getMessage(), e);
      }
      return new CatalogFunction(function.name(), inputType);
    }
  }
}
