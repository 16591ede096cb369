// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparklosses.testing.MarkdownPage;

/** The commands of {@code docs/cluster.md}, as they stand there but for what is elsewhere here. */
final class ClusterPage {

  private static final Pattern BLOCK = Pattern.compile("```\\w+\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern PACKAGES = Pattern.compile("--packages (\\S+)");

  private static final MarkdownPage PAGE = new MarkdownPage("cluster.md");

  private ClusterPage() {}

  /** What stands between {@code <!-- name -->} and {@code <!-- /name -->}, without its fences. */
  static String text(String name) {
    Matcher block = BLOCK.matcher(PAGE.part(name));
    assertTrue(block.matches(), name);
    return block.group(1);
  }

  /**
   * A command for the cluster.
   *
   * @param data the folder that is called {@code /data} on the page
   * @param reports the folder that is called {@code /reports}
   */
  static String command(String name, Path data, Path reports) {
    String text =
        text(name)
            .replaceAll("(?<= )/opt/spark-losses/spark-losses-jobs\\.jar", "\\$JOBS")
            .replaceAll("(?<= )/opt/spark-losses/spark-losses\\.jar", "\\$LIBRARY")
            .replace("spark://master:7077", "$MASTER")
            .replace("http://master:8080", "$PAGE")
            .replaceAll("(?<![\\w/])/data\\b", data.toString())
            .replaceAll("(?<![\\w/])/reports\\b", reports.toString());
    return PACKAGES.matcher(text).replaceAll(match -> "--jars " + jars(match.group(1)));
  }

  /** The jars of packages, in the version that is for this Spark. */
  private static String jars(String packages) {
    return Stream.of(packages.split(","))
        .flatMap(coordinates -> jarsOf(coordinates.split(":", -1)[1]).stream())
        .map(File::toString)
        .collect(Collectors.joining(","));
  }

  private static List<File> jarsOf(String artifact) {
    // delta-spark_4.1_2.13 and its like: what follows the first underscore is the version of Spark.
    String start = artifact.replaceFirst("_.*", "").replaceFirst("-runtime.*", "-runtime");
    File[] found =
        new File(System.getProperty("table.libraries"))
            .listFiles(
                (folder, name) ->
                    name.startsWith(start)
                        || (start.equals("delta-spark") && name.startsWith("delta-storage")));
    assertTrue(found != null && found.length > 0, artifact);
    return List.of(found);
  }
}
