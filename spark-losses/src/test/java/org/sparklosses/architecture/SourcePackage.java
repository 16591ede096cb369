// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The source files of a package, and which of them name which others. That a sealed type names what
 * it permits does not count: it and its subtypes are one type in several files.
 */
final class SourcePackage {

  private static final Pattern NO_CODE =
      Pattern.compile(
          "\"\"\"[\\s\\S]*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\])+'"
              + "|//[^\\n]*|/\\*[\\s\\S]*?\\*/");

  private static final Pattern PERMITS = Pattern.compile("\\bpermits\\b[^{]*");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  /** The package, the type and what is in it, as a nested type or a static member. */
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?([a-z][a-z0-9.]*)\\.([A-Z]\\w*)([\\w.]*);");

  private static final Pattern TYPE = Pattern.compile("(?<![\\w.])[A-Z]\\w*");
  private static final String SUFFIX = ".java";

  /** Of each file the others that it names. */
  private final Map<String, Set<String>> named = new TreeMap<>();

  SourcePackage(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(file -> file.toString().endsWith(SUFFIX)).toList()) {
        String name = path.getFileName().toString();
        files.put(name.substring(0, name.length() - SUFFIX.length()), Files.readString(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach((file, text) -> named.put(file, siblings(file, text, files.keySet())));
  }

  private static Set<String> siblings(String file, String text, Set<String> files) {
    String code = PERMITS.matcher(NO_CODE.matcher(text).replaceAll(" ")).replaceAll(" ");
    Set<String> siblings = new TreeSet<>();
    Matcher types = TYPE.matcher(IMPORT.matcher(code).replaceAll(" "));
    while (types.find()) {
      siblings.add(types.group());
    }
    Matcher ownPackage = PACKAGE.matcher(code);
    String own = ownPackage.find() ? ownPackage.group(1) : "";
    Matcher imports = IMPORT.matcher(code);
    while (imports.find()) {
      String type = imports.group(2);
      if (imports.group(1).equals(own)) {
        siblings.add(type);
      } else if (imports.group(3).isEmpty()) {
        siblings.remove(type);
      }
    }
    siblings.retainAll(files);
    siblings.remove(file);
    return siblings;
  }

  /** The files. */
  Set<String> files() {
    return named.keySet();
  }

  /** The largest sets of files in which each leads to every other, by what they name. */
  Set<Set<String>> circles() {
    Set<Set<String>> circles = new HashSet<>();
    for (String file : files()) {
      Set<String> circle = new TreeSet<>(reached(file));
      circle.removeIf(other -> !reached(other).contains(file));
      if (!circle.isEmpty()) {
        circles.add(circle);
      }
    }
    return circles;
  }

  /** The files that one leads to; itself only in a circle. */
  private Set<String> reached(String file) {
    Set<String> reached = new HashSet<>();
    reach(file, reached);
    return reached;
  }

  private void reach(String file, Set<String> reached) {
    for (String next : named.get(file)) {
      if (reached.add(next)) {
        reach(next, reached);
      }
    }
  }
}
