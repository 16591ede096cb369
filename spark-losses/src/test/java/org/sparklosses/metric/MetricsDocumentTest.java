// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.metric;

import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.MarkdownPage;
import org.sparklosses.testing.SharedSession;

/** The page on metrics says what the registry says, and what its examples print. */
@ExtendWith(SharedSession.class)
class MetricsDocumentTest {

  private final MarkdownPage page = new MarkdownPage("metrics.md");
  private final SparkSession spark;

  MetricsDocumentTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void tableIsTheOneThatIsEvaluated() {
    page.check("table", MetricsPage.table());
  }

  @TestFactory
  Stream<DynamicTest> everyFamilyHasASection() {
    // The page is for a reader in the root of the project, the test runs in a module.
    MetricsPage.TABLE.forEach(sql -> spark.sql(sql.replace("'jobs/", "'../jobs/")));
    return MetricsPage.families().stream()
        .map(
            family ->
                DynamicTest.dynamicTest(
                    MetricsPage.name(family),
                    () -> page.check(MetricsPage.name(family), MetricsPage.family(family, spark))));
  }

  @Test
  void papersLeadToTheirMetrics() {
    page.check("papers", MetricsPage.papers());
  }
}
