// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import org.sparklosses.metric.MetricPlan;
import org.sparklosses.metric.MetricState;
import org.sparklosses.table.GroupBuffer;
import org.sparklosses.table.StateBytes;

/**
 * The state of an evaluation: one {@link MetricState} a slice, or one for all rows when there are
 * no slices. With slices the state of all rows is merged from those of the first declaration in the
 * end, which is exact.
 *
 * <p>Layout: {@link GroupBuffer} within {@link StateBytes}.
 *
 * @param spec what it is a state of
 * @param groups the states
 */
record EvaluationBuffer(EvaluationSpec spec, GroupBuffer<MetricState> groups) {

  /** The groups of no rows. */
  static GroupBuffer<MetricState> groups(EvaluationSpec spec, MetricPlan plan) {
    return new GroupBuffer<>(
        spec.rows(),
        spec.rows().groupings(),
        spec.input().classes(),
        (declaration, key) -> new MetricState(plan));
  }

  /** The state of all rows. */
  MetricState overall() {
    return spec.rows().slices().isEmpty()
        ? groups.group(0, 0)
        : groups.merged(new MetricState(spec.plan()));
  }

  byte[] toBytes() {
    return StateBytes.of(spec.declaration(), groups::write);
  }

  /**
   * Reads what {@link #toBytes} wrote for the same spec.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  static EvaluationBuffer of(EvaluationSpec spec, MetricPlan plan, byte[] bytes) {
    StateBytes stored = StateBytes.of(bytes);
    if (!stored.declaration().equals(spec.declaration())) {
      throw new IllegalArgumentException(
          "the state is of other metrics or other input: %s, not %s"
              .formatted(stored.declaration(), spec.declaration()));
    }
    return of(spec, plan, stored);
  }

  /**
   * Reads a state without slices, whatever it is of.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  static EvaluationBuffer of(byte[] bytes) {
    StateBytes stored = StateBytes.of(bytes);
    EvaluationSpec spec = EvaluationSpec.of(stored.declaration());
    return of(spec, spec.plan(), stored);
  }

  private static EvaluationBuffer of(EvaluationSpec spec, MetricPlan plan, StateBytes stored) {
    GroupBuffer<MetricState> groups = groups(spec, plan);
    try (DataInputStream in = stored.open()) {
      groups.read(in);
      if (in.available() > 0) {
        throw new StreamCorruptedException(in.available() + " bytes too many");
      }
      checkClasses(groups);
    } catch (IOException e) {
      String problem = e instanceof EOFException ? "it ends too early" : e.getMessage();
      throw new IllegalArgumentException(
          "the state is not laid out as one of %s: %s".formatted(spec.declaration(), problem), e);
    }
    return new EvaluationBuffer(spec, groups);
  }

  private static void checkClasses(GroupBuffer<MetricState> groups) throws IOException {
    for (int d = 0; d < groups.declarations(); d++) {
      for (int g = 0; g < groups.size(d); g++) {
        int classes = groups.group(d, g).classes();
        if (classes != 0 && classes != groups.classes()) {
          throw new StreamCorruptedException(
              "rows of %d classes where all have %d".formatted(classes, groups.classes()));
        }
      }
    }
  }
}
