// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparklosses.testing.ForgedStates;

/**
 * States whose bytes were changed and whose checksum was made right again: they are read or
 * refused, in little time and memory, and so are all metrics of what is read.
 */
class ForgedStatesTest {

  private static final int MUTATIONS = 20_000;

  private int read;
  private int answered;

  /** The most often forged first. */
  private static List<byte[]> states() {
    return List.of(
        StoredStates.of(60, 3, null, "", 2),
        StoredStates.of(40, 3, "w", "classes=3; size=20000", 2),
        StoredStates.of(0, 3, null, "", 2),
        StoredStates.of(25, 2, "w", "metrics=" + String.join(",", StoredStates.everyMetric(2)), 2),
        StoredStates.of(30, 4, null, "metrics=" + String.join(",", StoredStates.everyMetric(4)), 2),
        StoredStates.of(
            10_100,
            2,
            null,
            "metrics=score_distribution(of=positive),roc_auc(of=positive),confusion_matrix",
            1e-3));
  }

  @Test
  void areReadOrRefusedInLittleTimeAndMemory() {
    List<byte[]> states = states();
    states.forEach(state -> EvaluationState.of(state).result());
    new ForgedStates(states, 15).check(MUTATIONS, this::read);
    assertTrue(read > MUTATIONS / 20, read + " were read");
    assertTrue(answered > MUTATIONS / 40, answered + " gave metrics");
  }

  private void read(byte[] forged) {
    EvaluationState state = EvaluationState.of(forged);
    read++;
    state.result();
    answered++;
    state.merge(state);
  }
}
