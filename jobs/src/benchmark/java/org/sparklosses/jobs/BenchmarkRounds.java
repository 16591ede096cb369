// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs cases in turn, round after round, so that whatever else the machine does meets all of them
 * alike.
 *
 * @param warmup rounds before those that count
 * @param rounds rounds that count
 */
record BenchmarkRounds(int warmup, int rounds) {

  /**
   * Medians over the rounds, in milliseconds.
   *
   * @param cpu of the whole process
   */
  record Medians(double cpu, double wall) {}

  /** Times the cases, in the order given. */
  Map<String, Medians> time(Map<String, Runnable> cases) {
    Map<String, Supplier<double[]>> timed = new LinkedHashMap<>();
    cases.forEach((name, job) -> timed.put(name, () -> time(job)));
    return timeGiven(timed);
  }

  /** As {@link #time(Map)}, of cases that tell their own CPU and wall time in milliseconds. */
  Map<String, Medians> timeGiven(Map<String, Supplier<double[]>> cases) {
    Map<String, List<double[]>> times = new LinkedHashMap<>();
    for (int round = 0; round < warmup + rounds; round++) {
      for (Map.Entry<String, Supplier<double[]>> timed : cases.entrySet()) {
        double[] time = timed.getValue().get();
        if (round >= warmup) {
          times.computeIfAbsent(timed.getKey(), name -> new ArrayList<>()).add(time);
        }
      }
    }
    Map<String, Medians> medians = new LinkedHashMap<>();
    times.forEach((name, all) -> medians.put(name, new Medians(median(all, 0), median(all, 1))));
    return medians;
  }

  /** Prints medians, beside that of the first case. */
  static void print(PrintWriter out, String title, Map<String, Medians> medians) {
    out.printf("%n%-52s %10s %10s %8s%n", title, "CPU ms", "wall ms", "x first");
    double first = medians.values().iterator().next().cpu();
    medians.forEach(
        (name, median) ->
            out.printf(
                "%-52s %10.0f %10.0f %8.2f%n",
                name, median.cpu(), median.wall(), median.cpu() / first));
    out.flush();
  }

  /** CPU time of this process and wall time of a job, in milliseconds. */
  static double[] time(Runnable job) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    job.run();
    return new double[] {
      (system.getProcessCpuTime() - cpu) / 1e6, (System.nanoTime() - wall) / 1e6
    };
  }

  private static double median(List<double[]> times, int which) {
    double[] sorted = times.stream().mapToDouble(t -> t[which]).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
