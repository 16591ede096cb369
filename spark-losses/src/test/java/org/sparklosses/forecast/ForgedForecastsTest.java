// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.forecast;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparklosses.testing.ForgedStates;
import org.sparklosses.testing.SharedSession;

/**
 * States of forecasts whose bytes were changed and whose checksum was made right again: they are
 * read or refused, in little time and memory, and so are all metrics of what is read.
 */
@ExtendWith(SharedSession.class)
class ForgedForecastsTest {

  private static final int MUTATIONS = 20_000;

  private int read;
  private int answered;

  @Test
  void areReadOrRefusedInLittleTimeAndMemory(SparkSession spark) {
    List<byte[]> states = ForecastStates.all(spark);
    states.forEach(state -> ForecastEvaluationState.of(state).result());
    new ForgedStates(states, 16).check(MUTATIONS, this::read);
    assertTrue(read > MUTATIONS / 20, read + " were read");
    assertTrue(answered > MUTATIONS / 40, answered + " gave metrics");
  }

  private void read(byte[] forged) {
    ForecastEvaluationState state = ForecastEvaluationState.of(forged);
    read++;
    state.result();
    answered++;
    state.merge(state);
  }
}
