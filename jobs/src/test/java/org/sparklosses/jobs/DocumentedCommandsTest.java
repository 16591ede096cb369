// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command of a job in README and guide has the options that the job takes. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..");

  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static final String NAMES = "(evaluate|compare|calibrate|forecast|generate)\\s+";

  /** In quotation marks, as Maven is given one, or to the end of a line. */
  private static final Pattern COMMAND =
      Pattern.compile("\"" + NAMES + "(-[^\"]*)\"|(?:^|\\s)" + NAMES + "(-.*)$", Pattern.MULTILINE);

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    for (String folder : List.of("docs", "notebooks", "docker")) {
      if (Files.isDirectory(ROOT.resolve(folder))) {
        try (Stream<Path> found = Files.list(ROOT.resolve(folder))) {
          found.filter(page -> page.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
      }
    }
    return pages;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group(3));
    }
    return words;
  }

  @Test
  void optionsAreThose() throws IOException {
    List<String> wrong = new ArrayList<>();
    int commands = 0;
    for (Path page : pages()) {
      Matcher block = SHELL.matcher(Files.readString(page));
      while (block.find()) {
        Matcher command = COMMAND.matcher(block.group(1).replace("\\\n", " "));
        while (command.find()) {
          commands++;
          boolean isQuoted = command.group(1) != null;
          List<String> arguments = new ArrayList<>(List.of(command.group(isQuoted ? 1 : 3)));
          arguments.addAll(words(command.group(isQuoted ? 2 : 4)));
          try {
            Main.commandLine().parseArgs(arguments.toArray(String[]::new));
          } catch (CommandLine.ParameterException e) {
            wrong.add(page + ": " + arguments + ": " + e.getMessage());
          }
        }
      }
    }
    assertTrue(commands >= 7, commands + " commands");
    assertEquals(List.of(), wrong);
  }
}
