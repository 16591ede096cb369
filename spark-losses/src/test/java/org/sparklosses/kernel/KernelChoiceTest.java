// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.OtherJvm;

/** Which kernel is chosen, what the log says, and the change from one kernel to the other. */
class KernelChoiceTest {

  /** Run in a JVM of its own by the tests below. */
  static final class Chooser {
    public static void main(String[] args) {
      RowKernel first = RowKernels.get();
      if (first != RowKernels.get()) {
        throw new IllegalStateException("chosen twice");
      }
      System.out.println("chosen " + first.name());
    }
  }

  @Test
  void forced() {
    assertEquals("scalar", KernelChoice.of("scalar").kernel().name());
    assertTrue(KernelChoice.of("VECTOR").kernel().name().startsWith("vector-"));
  }

  @Test
  void unknownSetting() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> KernelChoice.of("gpu"));
    assertEquals("losses.kernel is 'gpu': it must be auto, scalar or vector", e.getMessage());
  }

  @Test
  void theScalarKernelServesUntilTheVectorKernelIsWarm() throws InterruptedException {
    RowKernel kernel = KernelChoice.of("auto").kernel();
    assertEquals("scalar", kernel.name());
    float[] z = {1, 2, 3, 4};
    RowStatistics before = kernel.statistics(z, 0, 4, 1);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (kernel.name().equals("scalar") && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertTrue(kernel.name().startsWith("vector-"), kernel.name());
    assertEquals(before, kernel.statistics(z, 0, 4, 1));
  }

  @Test
  void withoutTheModuleOneLineSaysHowToEnableIt() throws Exception {
    List<String> lines = chooser(List.of());
    assertTrue(lines.contains("chosen scalar"), lines.toString());
    List<String> reasons = lines.stream().filter(line -> line.contains("Row kernel:")).toList();
    assertEquals(1, reasons.size(), lines.toString());
    assertTrue(reasons.get(0).contains("--add-modules=jdk.incubator.vector"), reasons.get(0));
  }

  @Test
  void forcedWithoutTheModule() throws Exception {
    List<String> lines = chooser(List.of("-Dlosses.kernel=vector"));
    assertTrue(
        lines.stream().anyMatch(line -> line.contains("the module jdk.incubator.vector is absent")),
        lines.toString());
  }

  @Test
  void withoutTheOptimizingCompiler() throws Exception {
    for (String flag : List.of("-Xint", "-XX:TieredStopAtLevel=1")) {
      List<String> lines = chooser(List.of("--add-modules=jdk.incubator.vector", flag));
      assertTrue(lines.contains("chosen scalar"), lines.toString());
      assertTrue(
          lines.stream().anyMatch(line -> line.contains("optimizing compiler")), lines.toString());
    }
  }

  private static List<String> chooser(List<String> options)
      throws IOException, InterruptedException {
    return OtherJvm.lines(Chooser.class, options);
  }
}
