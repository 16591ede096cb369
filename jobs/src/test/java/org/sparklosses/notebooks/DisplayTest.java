// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Paragraphs are read, and outputs displayed, as Zeppelin does it. */
class DisplayTest {

  @Test
  void tableOfEachStatementIsOneOfItsOwn() {
    assertEquals(
        List.of(
            new Note.Message("TABLE", "x\n1\n"),
            new Note.Message("TABLE", "y\n2\n"),
            new Note.Message("TEXT", "% of the rows\n")),
        Display.messages("%table x\n1\n\n%text %table y\n2\n\n%text % of the rows\n"));
  }

  @Test
  void pageIsNotTakenForText() {
    assertEquals(
        List.of(
            new Note.Message("TEXT", "before\n"), new Note.Message("HTML", "<p>50 %</p>\n%x\n")),
        Display.messages("before\n%html <p>50 %</p>\n%x\n"));
  }

  @Test
  void semicolonsInTextsAndCommentsPartNothing() {
    assertEquals(
        List.of("SELECT 'a;b', \"c;d\"", "SELECT 1"),
        SqlStatements.of("SELECT 'a;b', \"c;d\" -- first; one\n;; /* second;\n */ SELECT 1;\n"));
  }

  @Test
  void formOfTheNoteHasItsDefault() {
    ParagraphCode code = ParagraphCode.of("%spark.sql(limit=5)\n\npath '$${checkout=.}/x'");
    assertEquals("spark.sql", code.interpreter());
    assertEquals("path './x'", code.filled());
  }
}
