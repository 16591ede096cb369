// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

/**
 * The weighted mean of a number per row.
 *
 * @param name what it is, parameters included; two of the same name are the same
 * @param scalar the number
 */
public record Mean(String name, RowScalar scalar) implements Need {

  @Override
  public String description() {
    return "mean of " + name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mean mean && mean.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
