// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.conformal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.inference.Interval;

/** What is kept of sets and of losses merges exactly, travels, and refuses damaged bytes. */
class SetCountsTest {

  private static byte[] bytes(Mergeable<?> counts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static <C extends Mergeable<C>> C read(byte[] bytes, C empty) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    empty.read(in);
    assertEquals(0, in.available());
    return empty;
  }

  private static SetCounts counted(boolean isWeighted, int parts) throws IOException {
    Random random = new Random(parts);
    List<Integer> order = new ArrayList<>(IntStream.range(0, 3000).boxed().toList());
    Collections.shuffle(order, random);
    List<SetCounts> counts = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      counts.add(new SetCounts(isWeighted));
    }
    for (int i : order) {
      counts.get(random.nextInt(parts)).add(i % 70, i % 3 != 0, i % 50, 0.1 + i % 7);
    }
    SetCounts merged = new SetCounts(isWeighted);
    for (SetCounts part : counts) {
      merged.merge(read(bytes(part), new SetCounts(isWeighted)));
    }
    return merged;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void neitherOrderNorPartsMatter(boolean isWeighted) throws IOException {
    SetCounts whole = counted(isWeighted, 1);
    for (int parts : new int[] {7, 200}) {
      SetCounts parted = counted(isWeighted, parts);
      assertArrayEquals(bytes(whole), bytes(parted));
      assertEquals(whole.coverage(), parted.coverage());
    }
    SetCoverage sets = whole.coverage();
    double weight = 0;
    double covered = 0;
    double squares = 0;
    for (int i = 0; i < 3000; i++) {
      double w = isWeighted ? 0.1 + i % 7 : 1;
      weight += w;
      covered += i % 3 != 0 ? w : 0;
      squares += w * w;
    }
    assertEquals(covered / weight, sets.coverage(), 1e-12);
    assertEquals(weight * weight / squares, sets.all().effectiveRows(), 1e-8);
    Interval interval = sets.all().interval(0.95);
    assertTrue(interval.contains(sets.coverage()) && interval.width() < 0.05);
    assertEquals(70, sets.bySize().size());
    assertEquals(50, sets.byClass().size());
  }

  @Test
  void damagedBytes() throws IOException {
    byte[] bytes = bytes(counted(true, 1));
    for (int length = 0; length < bytes.length; length += 13) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(IOException.class, () -> read(cut, new SetCounts(true)), "" + length);
    }
    byte[] large = bytes.clone();
    large[0] = 0x7F;
    assertThrows(IOException.class, () -> read(large, new SetCounts(true)));
    // The rows of the first size: fewer than are covered.
    byte[] few = bytes(counted(false, 1));
    int rows = Integer.BYTES + 70 * Long.BYTES;
    Arrays.fill(few, rows, rows + Long.BYTES, (byte) 0);
    assertThrows(IOException.class, () -> read(few, new SetCounts(false)));
  }

  @Test
  void sumsOfLosses() throws IOException {
    RiskSums whole = new RiskSums(3, 1);
    RiskSums[] parts = {new RiskSums(3, 1), new RiskSums(3, 1), new RiskSums(3, 1)};
    for (int i = 0; i < 500; i++) {
      double[] losses = {0.1 * (i % 10), 0.05 * (i % 10), 0.01 * (i % 10)};
      whole.add(losses);
      parts[i * 7 % 3].add(losses);
    }
    RiskSums merged = new RiskSums(3, 1);
    for (int part = 2; part >= 0; part--) {
      merged.merge(read(bytes(parts[part]), new RiskSums(3, 1)));
    }
    assertArrayEquals(bytes(whole), bytes(merged));
    double[] lambdas = {1, 2, 3};
    assertEquals(2, whole.choose(lambdas, 0.25).lambda());
    assertEquals(0.225, whole.choose(lambdas, 0.25).risk(), 1e-15);
    assertEquals(1, whole.choose(lambdas, 0.5).lambda());
    ControlledRisk none = whole.choose(lambdas, 0.01);
    assertTrue(!none.isControlled() && none.lambda() == 3);
    assertThrows(IllegalArgumentException.class, () -> whole.add(new double[] {0.1, 0.2, 0}));
    assertThrows(IllegalArgumentException.class, () -> whole.add(new double[] {1.5, 0, 0}));
    assertThrows(IllegalArgumentException.class, () -> whole.add(new double[] {Double.NaN, 0, 0}));
    assertEquals(500, whole.choose(lambdas, 0.5).rows());
    byte[] bytes = bytes(whole);
    bytes[0] = (byte) 0x80;
    assertThrows(IOException.class, () -> read(bytes, new RiskSums(3, 1)));
  }
}
