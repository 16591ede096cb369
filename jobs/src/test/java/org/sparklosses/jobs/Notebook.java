// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs Java statement by statement in this JVM, on its class path, as a notebook does. */
final class Notebook implements AutoCloseable {

  private final JShell shell = JShell.builder().executionEngine(new InThisJvm(), Map.of()).build();

  Notebook() {
    JavaProcess.classPath().forEach(entry -> shell.addToClasspath(entry.toString()));
  }

  /** Runs statements; the first that fails ends the test. */
  void run(String statements) {
    String rest = statements;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      String statement = next.source() == null ? rest : next.source();
      for (SnippetEvent event : shell.eval(statement)) {
        // A name that is declared anew overwrites the one before.
        assertTrue(event.status() != Snippet.Status.REJECTED, () -> failure(statement, event));
        assertTrue(event.exception() == null, () -> failure(statement, event));
      }
      rest = next.source() == null ? "" : next.remaining();
    }
  }

  /** The value of an expression, as text. */
  String value(String expression) {
    List<SnippetEvent> events = shell.eval(expression);
    assertTrue(events.get(0).exception() == null, () -> failure(expression, events.get(0)));
    return events.get(0).value();
  }

  private String failure(String statement, SnippetEvent event) {
    String problems =
        shell
            .diagnostics(event.snippet())
            .map(diagnostic -> diagnostic.getMessage(null))
            .collect(Collectors.joining("\n"));
    return "%s\n%s %s %s".formatted(statement, event.status(), problems, event.exception());
  }

  @Override
  public void close() {
    shell.close();
  }

  private record InThisJvm() implements ExecutionControlProvider {

    @Override
    public String name() {
      return "this";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new LocalExecutionControl(new Loader());
    }
  }

  /** Loads the classes of statements beside those of the tests. */
  private static final class Loader extends ClassLoader implements LoaderDelegate {

    private final Map<String, Class<?>> classes = new HashMap<>();

    Loader() {
      super(Notebook.class.getClassLoader());
    }

    @Override
    public void load(ClassBytecodes[] all) throws ClassInstallException {
      for (ClassBytecodes one : all) {
        byte[] code = one.bytecodes();
        classes.put(one.name(), defineClass(one.name(), code, 0, code.length));
      }
      for (ClassBytecodes one : all) {
        try {
          Class.forName(one.name(), true, this);
        } catch (ClassNotFoundException e) {
          throw new ClassInstallException(e.toString(), new boolean[all.length]);
        }
      }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] all) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void addToClasspath(String path) {
      // What the statements see is the class path of this JVM.
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = classes.get(name);
      if (found == null) {
        throw new ClassNotFoundException(name);
      }
      return found;
    }
  }
}
