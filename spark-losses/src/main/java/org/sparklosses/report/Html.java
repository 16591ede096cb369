// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.report;

import java.math.BigDecimal;
import java.util.Locale;
import org.sparklosses.metric.ConfidenceInterval;

/** Writes HTML: escapes text and formats numbers. */
final class Html {

  private Html() {}

  /** Text that may stand in an element or in a quoted attribute. */
  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return out.toString();
  }

  /** Five significant digits; an en dash for NaN. */
  static String number(double x) {
    if (Double.isNaN(x)) {
      return "\u2013";
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? "\u221E" : "\u2212\u221E";
    }
    double size = Math.abs(x);
    if (size >= 1e6 || (size < 1e-4 && size > 0)) {
      return String.format(Locale.ROOT, "%.3e", x).replace("-", "\u2212");
    }
    int decimals = size >= 1000 ? 1 : size >= 10 ? 3 : 5;
    return String.format(Locale.ROOT, "%." + decimals + "f", x).replace("-", "\u2212");
  }

  /** With commas between thousands. */
  static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  /** A table cell whose number sorts by its full value. */
  static String cell(double x) {
    return "<td data-value=\"" + x + "\">" + number(x) + "</td>";
  }

  /** A table cell of a number with something beside it. */
  static String cell(double x, String beside) {
    return "<td data-value=\""
        + x
        + "\">"
        + number(x)
        + " <span class=\"quiet\">"
        + escape(beside)
        + "</span></td>";
  }

  /** Both ends. */
  static String interval(ConfidenceInterval interval) {
    return "[" + number(interval.low()) + ", " + number(interval.high()) + "]";
  }

  /** A share as a percentage, as 95 %. */
  static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString()
        + "\u00A0%";
  }

  /** A table cell of a count. */
  static String cell(long n) {
    return "<td data-value=\"" + n + "\">" + count(n) + "</td>";
  }

  /** The head of a column; numbers are aligned right. */
  static String head(String text, boolean isText) {
    return "<th scope=\"col\"" + (isText ? " class=\"text\"" : "") + ">" + escape(text) + "</th>";
  }

  /** The head of a row. */
  static String rowHead(String text) {
    return "<th scope=\"row\" class=\"text\">" + escape(text) + "</th>";
  }
}
