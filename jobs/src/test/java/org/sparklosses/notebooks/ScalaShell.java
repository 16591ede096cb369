// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;
import scala.tools.nsc.Settings;
import scala.tools.nsc.interpreter.IMain;
import scala.tools.nsc.interpreter.Results;
import scala.tools.nsc.interpreter.shell.ReplReporterImpl;
import scala.tools.nsc.interpreter.shell.ShellConfig;

/** Scala's interpreter as Spark's shell and Zeppelin's {@code %spark} set it up. */
final class ScalaShell {

  /** What Zeppelin imports before the first paragraph. */
  private static final List<String> IMPORTS =
      List.of(
          "import org.apache.spark.SparkContext._",
          "import spark.implicits._",
          "import spark.sql",
          "import org.apache.spark.sql.functions._");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final IMain interpreter;

  /**
   * Starts an interpreter.
   *
   * @param classes where it writes classes, {@code spark.repl.class.outputDir} of the session
   * @param classPath what its code may use
   */
  ScalaShell(SparkSession spark, Path classes, String classPath) {
    Settings settings = new Settings();
    settings.processArguments(
        scalaList(List.of("-Yrepl-class-based", "-Yrepl-outdir", classes.toString())), true);
    settings.classpath().value_$eq(classPath);
    PrintWriter writer = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    interpreter =
        new IMain(settings, new ReplReporterImpl(ShellConfig.apply(settings), settings, writer));
    interpreter.initializeCompiler();
    bind("spark", SparkSession.class.getName(), spark);
    bind("sc", "org.apache.spark.SparkContext", spark.sparkContext());
    bind("z", ZeppelinContext.class.getName(), new ZeppelinContext());
    IMPORTS.forEach(this::run);
  }

  /** Runs a paragraph and gives all that it and the interpreter print. */
  String run(String code) {
    out.reset();
    Results.Result result = scala.Console.withOut(out, () -> interpreter.interpret(code));
    String printed = out.toString(StandardCharsets.UTF_8);
    if (!result.toString().equals("Success")) {
      throw new IllegalStateException(result + " of\n" + code + "\n" + printed);
    }
    return printed;
  }

  private void bind(String name, String type, Object value) {
    Results.Result result = interpreter.bind(name, type, value, scalaList(List.of("@transient")));
    if (!result.toString().equals("Success")) {
      throw new IllegalStateException("cannot bind " + name + ": " + out);
    }
  }

  private static <T> scala.collection.immutable.List<T> scalaList(List<T> list) {
    return CollectionConverters.asScala(list).toList();
  }
}
