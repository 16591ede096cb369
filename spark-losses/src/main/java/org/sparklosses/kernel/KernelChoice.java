// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Which kernel runs, and why.
 *
 * @param kernel the kernel
 * @param name of the kernel, or of the one that it becomes when that is compiled
 * @param reason one line for the log
 */
record KernelChoice(RowKernel kernel, String name, String reason) {

  /**
   * The setting: auto, scalar or vector. A system property whose name does not begin with "spark",
   * which {@code spark.executor.extraJavaOptions} would refuse.
   */
  static final String SETTING = "losses.kernel";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_LOOPS = "org.sparklosses.kernel.vector.VectorLoops";
  private static final String REMEDY =
      "to enable the vector kernel start the JVM with --add-modules=jdk.incubator.vector"
          + " (Spark 3.5: in spark.driver.extraJavaOptions and spark.executor.extraJavaOptions;"
          + " Spark 4 does so itself)";

  /** Chooses by the system properties and writes the reason to the log. */
  static KernelChoice fromSettings() {
    KernelChoice choice = of(System.getProperty(SETTING, "auto"));
    System.getLogger(RowKernels.class.getName()).log(System.Logger.Level.INFO, choice.reason());
    return choice;
  }

  /** Chooses by the value of the setting. */
  static KernelChoice of(String setting) {
    return switch (setting.toLowerCase(Locale.ROOT)) {
      case "auto" -> automatic();
      case "scalar" -> of(scalar(), "Row kernel: scalar, as " + SETTING + " says");
      case "vector" -> forcedVector();
      default ->
          throw new IllegalArgumentException(
              SETTING + " is '" + setting + "': it must be auto, scalar or vector");
    };
  }

  private static KernelChoice of(RowKernel kernel, String reason) {
    return new KernelChoice(kernel, kernel.name(), reason);
  }

  static RowKernel scalar() {
    return new ChunkedKernel(new ScalarLoops());
  }

  private static KernelChoice automatic() {
    String obstacle = obstacle();
    if (obstacle != null) {
      return of(scalar(), "Row kernel: scalar, because " + obstacle);
    }
    RowKernel vector = vector();
    return new KernelChoice(
        WarmingKernel.start(scalar(), vector),
        vector.name(),
        "Row kernel: " + vector.name() + "; the scalar kernel serves until it is compiled");
  }

  private static KernelChoice forcedVector() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      throw new IllegalStateException(
          SETTING + " is 'vector', but the module " + VECTOR_MODULE + " is absent: " + REMEDY);
    }
    RowKernel vector = vector();
    return of(vector, "Row kernel: " + vector.name() + ", as " + SETTING + " says");
  }

  /** Why the vector kernel would not be faster here, or null. */
  private static String obstacle() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      return "the module " + VECTOR_MODULE + " is absent; " + REMEDY;
    }
    if (!optimizingCompiler()) {
      return "this JVM does not run HotSpot's optimizing compiler";
    }
    return null;
  }

  /** Without C2 every vector is an object, a hundred times slower than plain Java. */
  private static boolean optimizingCompiler() {
    HotSpotDiagnosticMXBean flags =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return flags != null
        && System.getProperty("java.vm.info", "").contains("mixed mode")
        && flag(flags, "TieredStopAtLevel", "4").equals("4")
        && flag(flags, "UseJVMCICompiler", "false").equals("false");
  }

  private static String flag(HotSpotDiagnosticMXBean flags, String name, String otherwise) {
    try {
      return flags.getVMOption(name).getValue();
    } catch (IllegalArgumentException absent) {
      return otherwise;
    }
  }

  /** By name: the class refers to a module that this JVM may lack. */
  private static RowKernel vector() {
    try {
      return new ChunkedKernel(
          Class.forName(VECTOR_LOOPS)
              .asSubclass(ChunkLoops.class)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The vector kernel cannot be loaded", e);
    }
  }
}
