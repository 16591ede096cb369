package org.sparklosses.kernel;

/** Chooses the kernel of this JVM, once. */
public final class RowKernels {

  private RowKernels() {}

  /** The fastest kernel that this JVM can run, or the one that the setting forces. */
  public static RowKernel get() {
    return new ScalarKernel();
  }
}
