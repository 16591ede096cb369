// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sparklosses.function.NearName;

/**
 * Methods by their names, in the order of the documentation.
 *
 * @param noun what one is called, for messages
 * @param byName the methods
 * @param <M> what they are
 */
public record MethodNames<M>(String noun, Map<String, M> byName) {

  /** Of methods whose names differ. */
  public static <M> MethodNames<M> of(
      String noun, Iterable<? extends M> methods, Function<M, String> name) {
    Map<String, M> byName = new LinkedHashMap<>();
    for (M method : methods) {
      if (byName.put(name.apply(method), method) != null) {
        throw new IllegalStateException("two of the name " + name.apply(method));
      }
    }
    return new MethodNames<>(noun, Collections.unmodifiableMap(byName));
  }

  /** All methods. */
  public List<M> all() {
    return List.copyOf(byName.values());
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public M named(String name) {
    M method = byName.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          "no %s is named '%s'; there are %s%s"
              .formatted(
                  noun,
                  name,
                  String.join(", ", byName.keySet()),
                  NearName.question(name, byName.keySet()).map(near -> "; " + near).orElse("")));
    }
    return method;
  }
}
