package org.sparklosses.testing

import org.scalatest.funsuite.AnyFunSuite

class SharedSparkSessionSuite extends AnyFunSuite with SharedSparkSession {

  test("the session is the one that JUnit tests get") {
    assert(spark eq SharedSession.get())
  }

  test("it computes") {
    assert(spark.range(10).selectExpr("sum(id)").head().getLong(0) == 45L)
  }
}
