// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import scala.Function1;
import scala.PartialFunction;
import scala.collection.Iterable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractPartialFunction;

/** Scala's collections and functions from Java's. */
final class Scala {

  private Scala() {}

  static <T> Seq<T> seq(List<? extends T> list) {
    return CollectionConverters.<T>asScala(new ArrayList<T>(list)).toSeq();
  }

  static <T> List<T> list(Iterable<T> items) {
    return new ArrayList<>(CollectionConverters.asJavaCollection(items));
  }

  static <T> Seq<T> append(Seq<T> items, T last) {
    List<T> list = list(items);
    list.add(last);
    return seq(list);
  }

  static <A, B> Function1<A, B> function(Function<A, B> function) {
    return new AbstractFunction1<>() {
      @Override
      public B apply(A argument) {
        return function.apply(argument);
      }
    };
  }

  static <A> Function1<A, Object> predicate(Predicate<A> predicate) {
    return function(predicate::test);
  }

  /** Defined everywhere. */
  static <A, B> PartialFunction<A, B> total(Function<A, B> function) {
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(A argument) {
        return true;
      }

      @Override
      public B apply(A argument) {
        return function.apply(argument);
      }
    };
  }
}
