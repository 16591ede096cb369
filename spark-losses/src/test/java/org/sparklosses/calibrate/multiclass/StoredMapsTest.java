// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.testing.ForgedStates;

/** Maps as bytes. */
class StoredMapsTest {

  private static final int MUTATIONS = 20_000;

  /** What is read of forgeries is applied to rows of no more classes. */
  private static final int MOST_CLASSES = 100;

  private int read;

  private static List<String> names() {
    return ClassCalibrators.all().stream()
        .map(ClassCalibrator::name)
        .filter(name -> !name.equals("auto"))
        .toList();
  }

  private static double[] row(int classes, Random random) {
    double[] l = random.doubles(classes, -6, 6).toArray();
    LogProbabilities.ofLogits(l);
    return l;
  }

  private static ClassMap fitted(String method) {
    Random random = new Random(7);
    boolean isOfTwo =
        ClassCalibrators.named(method) instanceof TwoClassCalibrator || method.equals("auto");
    int classes = isOfTwo ? 2 : 4;
    double[][] l = new double[400][];
    int[] labels = new int[l.length];
    double[] weights = new double[l.length];
    for (int r = 0; r < l.length; r++) {
      l[r] = row(classes, random);
      labels[r] = StrictMath.exp(l[r][0]) > random.nextDouble() ? 0 : 1 + r % (classes - 1);
      weights[r] = 1 + r % 3;
    }
    return ClassCalibrators.named(method).fit(new MemoryRows(l, labels, weights)).map();
  }

  @ParameterizedTest
  @MethodSource("names")
  void givesTheSameBitsWhenItWasStored(String method) {
    ClassMap map = fitted(method);
    ClassMap stored = ClassCalibrators.map(map.toBytes());
    assertEquals(method, stored.method());
    assertEquals(map.classes(), stored.classes());
    assertEquals(map.numbers(), stored.numbers());
    assertArrayEquals(map.toBytes(), stored.toBytes());
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      double[] l = row(map.classes(), random);
      assertArrayEquals(map.probabilities(l), stored.probabilities(l));
    }
  }

  /** The layout as it is described, written by hand. */
  private static byte[] written(int version, String method, int classes, double beta, int more) {
    ByteBuffer bytes = ByteBuffer.allocate(300);
    bytes.putInt(0x534C434D).put((byte) version);
    text(bytes, method).putInt(classes).putInt(2);
    text(bytes, "beta").putInt(1).putDouble(beta);
    text(bytes, "epsilon").putInt(1).putDouble(0.01);
    bytes.put(new byte[more]);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, bytes.position());
    bytes.putInt((int) crc.getValue());
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static ByteBuffer text(ByteBuffer bytes, String text) {
    return bytes.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void theLayoutIsTheOneDescribed() {
    byte[] bytes = written(1, "temperature", 3, 0.5, 0);
    TemperatureMix map = new TemperatureMix(3, 0.5, 0.01);
    assertArrayEquals(bytes, map.toBytes());
    assertEquals(map, ClassCalibrators.map(bytes));
  }

  @Test
  void refusals() {
    assertMessage("these 0 bytes: they are too few", new byte[0]);
    assertMessage("they start with 00000000, not 534c434d", new byte[40]);
    assertMessage(
        "their layout 2 is not the one that is read, 1", written(2, "temperature", 3, 0.5, 0));
    assertMessage("no calibrator is named 'warmth'", written(1, "warmth", 3, 0.5, 0));
    assertMessage("temperature of 1 classes", written(1, "temperature", 1, 0.5, 0));
    assertMessage("beta is [NaN]", written(1, "temperature", 3, Double.NaN, 0));
    assertMessage("a map is of the method that was chosen", written(1, "auto", 3, 0.5, 0));
    assertMessage("5 bytes follow the map", written(1, "temperature", 3, 0.5, 5));
    assertMessage("a map without slope", written(1, "platt_scaling", 2, 0.5, 0));
  }

  @Test
  void ofTwoClassesOnly() {
    byte[] bytes = fitted("platt_scaling").toBytes();
    int place = 4 + 1 + 2 + "platt_scaling".length();
    ByteBuffer.wrap(bytes).putInt(place, 3);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    assertMessage("platt_scaling is of 2 classes, not of 3", bytes);
  }

  @ParameterizedTest
  @MethodSource("names")
  void cutOffOrDamagedTheyAreRefused(String method) {
    byte[] bytes = fitted(method).toBytes();
    // All cuts of short ones, some of long ones.
    for (int length = 0; length < bytes.length; length += 1 + bytes.length / 500) {
      assertMessage("no calibrator in these", Arrays.copyOf(bytes, length));
    }
    for (int bit = 0; bit < 8 * bytes.length; bit += 1 + bytes.length / 100) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertMessage("no calibrator in these", damaged);
    }
  }

  @Test
  void forgedTheyAreReadOrRefusedInLittleTimeAndMemory() {
    List<byte[]> maps = new ArrayList<>();
    names().forEach(method -> maps.add(fitted(method).toBytes()));
    maps.forEach(this::apply);
    read = 0;
    new ForgedStates(maps, 17).check(MUTATIONS, this::apply);
    assertTrue(read > MUTATIONS / 20, read + " were read");
  }

  private void apply(byte[] forged) {
    ClassMap map = ClassCalibrators.map(forged);
    read++;
    if (map.classes() <= MOST_CLASSES) {
      double[] p = map.probabilities(row(map.classes(), new Random(read)));
      assertEquals(map.classes(), p.length);
    }
  }

  private static void assertMessage(String part, byte[] bytes) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ClassCalibrators.map(bytes))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
