// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.jobs;

/**
 * A mistake on the page of errors, and how it is mended.
 *
 * @param name of the part of the page that shows it
 * @param place where it is made
 * @param wrong what one wrote: SQL, the arguments of a job, or Java
 * @param mended the same without the mistake
 * @param outcome what the mended one gives: the first value of a query, a part of what a job
 *     prints; empty for Java, which need only run
 */
record DocumentedError(String name, Place place, String wrong, String mended, String outcome) {

  /** Where a user meets an error. */
  enum Place {
    SQL("spark-sql> ", "sql"),
    JOB("$ ", "sh"),
    JAVA("jshell> ", "java");

    private final String prompt;
    private final String language;

    Place(String prompt, String language) {
      this.prompt = prompt;
      this.language = language;
    }

    String prompt() {
      return prompt;
    }

    /** Of the fence around what is mended. */
    String language() {
      return language;
    }
  }

  static DocumentedError sql(String name, String wrong, String mended, String outcome) {
    return new DocumentedError(name, Place.SQL, wrong, mended, outcome);
  }

  static DocumentedError job(String name, String wrong, String mended, String outcome) {
    return new DocumentedError(name, Place.JOB, wrong, mended, outcome);
  }

  static DocumentedError java(String name, String wrong, String mended) {
    return new DocumentedError(name, Place.JAVA, wrong, mended, "");
  }

  @Override
  public String toString() {
    return name;
  }
}
