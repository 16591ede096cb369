// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

/** The number of classes that all rows must have. */
public interface ClassCount {

  /** Whether a row may have so many classes; the first row decides if none were declared. */
  boolean acceptsClasses(int length);

  /** The number of classes; 0 when neither declared nor seen. */
  int classes();

  /** A number that is known. */
  static ClassCount of(int classes) {
    return new ClassCount() {
      @Override
      public boolean acceptsClasses(int length) {
        return length == classes;
      }

      @Override
      public int classes() {
        return classes;
      }
    };
  }
}
