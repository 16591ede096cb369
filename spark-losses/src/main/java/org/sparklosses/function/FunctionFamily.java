// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.function;

import java.util.List;

/**
 * A group of related functions, defined in one file. A family is found by {@link
 * java.util.ServiceLoader}: its class has a public constructor without arguments and is named in
 * {@code META-INF/services/org.sparklosses.function.FunctionFamily}.
 */
public interface FunctionFamily {

  /** What they have in common: the heading of their section in the documentation. */
  String title();

  /** When to use them, in a few sentences. */
  String use();

  /** The functions, in the order in which documentation lists them. */
  List<RowFunction> functions();
}
