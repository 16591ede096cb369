// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.util.AccumulatorV2;
import org.sparklosses.kernel.RowKernels;

/**
 * The names of the kernels that the rows of a table were read with: tasks tell the driver those of
 * their JVMs.
 */
public final class KernelNames extends AccumulatorV2<String, Set<String>> {

  private static final long serialVersionUID = 1L;

  private final Set<String> names = Collections.synchronizedSet(new TreeSet<>());

  /** Adds the kernel of this JVM. */
  void addOwn() {
    add(RowKernels.name());
  }

  @Override
  public boolean isZero() {
    return names.isEmpty();
  }

  @Override
  public KernelNames copy() {
    KernelNames copy = new KernelNames();
    copy.names.addAll(names);
    return copy;
  }

  @Override
  public void reset() {
    names.clear();
  }

  @Override
  public void add(String name) {
    names.add(name);
  }

  @Override
  public void merge(AccumulatorV2<String, Set<String>> other) {
    names.addAll(other.value());
  }

  @Override
  public Set<String> value() {
    return names;
  }
}
