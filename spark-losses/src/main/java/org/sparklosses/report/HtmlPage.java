// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The frame of a page that needs nothing else: no network, and no script but for sorting the
 * tables.
 */
final class HtmlPage {

  /** Classes beyond that many are left out of the page, the best calibrated first. */
  static final int CLASS_LIMIT = 200;

  private HtmlPage() {}

  /** Everything up to the body. */
  static String open(String title) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
        + " style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/><title>"
        + Html.escape(title)
        + "</title><style>"
        + resource("report.css")
        + "</style></head><body>";
  }

  /** The section of the settings, by name. */
  static String settings(Map<String, String> settings) {
    StringBuilder section = new StringBuilder("<section id=\"settings\"><h2>Settings</h2><dl>");
    settings.forEach(
        (name, value) ->
            section
                .append("<dt>")
                .append(Html.escape(name))
                .append("</dt><dd>")
                .append(Html.escape(value))
                .append("</dd>"));
    return section.append("</dl></section>").toString();
  }

  /** Everything after the body's content. */
  static String close() {
    return "<script>" + resource("report.js") + "</script></body></html>\n";
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
