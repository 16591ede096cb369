// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Submits jobs as spark-submit does, to a cluster of two executors, each a JVM of its own that has
 * the job's jar.
 *
 * @param folder where files are put
 * @param classes folders of classes that the job's jar has besides its own
 * @param settings of Spark, as {@code key=value}
 */
record SparkSubmit(Path folder, List<Path> classes, List<String> settings) {

  JavaProcess.Output run(List<String> job) throws IOException, InterruptedException {
    Path home = folder.resolve("spark");
    Path jars = Files.createDirectories(home.resolve("jars"));
    List<Path> own = new ArrayList<>(classes);
    for (Path entry : JavaProcess.classPath()) {
      String name = entry.getFileName().toString();
      if (Files.isDirectory(entry) || name.matches("(spark-losses|picocli)-.*\\.jar")) {
        own.add(entry);
      } else {
        Files.createSymbolicLink(jars.resolve(name), entry);
      }
    }
    Path jar = JobJar.write(folder.resolve("job.jar"), own);

    List<String> submit =
        new ArrayList<>(
            List.of(
                "org.apache.spark.launcher.Main",
                "org.apache.spark.deploy.SparkSubmit",
                "--class",
                Main.class.getName(),
                "--conf",
                "spark.master=local-cluster[2,1,1024]",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=1g",
                "--conf",
                "spark.driver.memory=1g"));
    for (String setting : settings) {
      submit.addAll(List.of("--conf", setting));
    }
    submit.add(jar.toString());
    submit.addAll(job);
    // The launcher prints the command that spark-submit would run, with the module options.
    JavaProcess launcher = JavaProcess.in(folder, home);
    String printed = launcher.java(List.of("-cp", jars + "/*"), submit).succeeded().out();
    List<String> command =
        Arrays.stream(printed.split("\0")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    return launcher.run(command);
  }
}
