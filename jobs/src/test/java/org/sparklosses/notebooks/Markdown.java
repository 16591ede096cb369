// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** What Zeppelin shows of a paragraph of text. */
final class Markdown {

  private static final Parser PARSER = Parser.builder().build();
  private static final HtmlRenderer RENDERER = HtmlRenderer.builder().build();

  private Markdown() {}

  static String html(String text) {
    return "%html <div class=\"markdown-body\">\n"
        + RENDERER.render(PARSER.parse(text))
        + "\n</div>";
  }
}
