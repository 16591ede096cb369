// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** All functions of all families on the class path. */
public final class RowFunctions {

  private static final Map<String, RowFunction> BY_NAME = load();

  private RowFunctions() {}

  /** The families, in the order of the documentation. */
  public static List<FunctionFamily> families() {
    List<FunctionFamily> families = new ArrayList<>();
    ServiceLoader.load(FunctionFamily.class, RowFunctions.class.getClassLoader())
        .forEach(families::add);
    return families;
  }

  /** All functions, by family. */
  public static Collection<RowFunction> all() {
    return List.copyOf(new LinkedHashSet<>(BY_NAME.values()));
  }

  /** The function of this name or alias, whatever its case. */
  public static Optional<RowFunction> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The function of this name or alias.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static RowFunction named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown function '%s'; %s"
                        .formatted(
                            name,
                            NearName.question(name, BY_NAME.keySet())
                                .orElse("there are " + String.join(", ", BY_NAME.keySet())))));
  }

  private static Map<String, RowFunction> load() {
    Map<String, RowFunction> byName = new LinkedHashMap<>();
    for (FunctionFamily family : families()) {
      for (RowFunction function : family.functions()) {
        List<String> names = new ArrayList<>(function.aliases());
        names.add(0, function.name());
        for (String name : names) {
          if (byName.put(name, function) != null) {
            throw new IllegalStateException("two functions are named " + name);
          }
        }
      }
    }
    return Collections.unmodifiableMap(byName);
  }
}
