// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

/** Chooses the kernel of this JVM, once. See the package's description for the settings. */
public final class RowKernels {

  private RowKernels() {}

  /**
   * The fastest kernel that this JVM can run, or the one that the setting forces.
   *
   * @throws IllegalArgumentException if the setting is none of its values
   * @throws IllegalStateException if the setting forces a kernel that this JVM cannot run
   */
  public static RowKernel get() {
    return Chosen.CHOICE.kernel();
  }

  /** The name of that kernel; while another serves until it is compiled, the same. */
  public static String name() {
    return Chosen.CHOICE.name();
  }

  /** Initialised at the first use, under the lock of its class. */
  private static final class Chosen {
    static final KernelChoice CHOICE = KernelChoice.fromSettings();
  }
}
