// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Longs;

/**
 * A fitted map as plain numbers: arrays by name, from which its method makes it again.
 *
 * <p>Layout when written: {@code int names}, then of each {@code UTF name, int length, double
 * numbers[length]}.
 */
public final class MapNumbers implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int MOST_NAMES = 64;

  private final LinkedHashMap<String, double[]> arrays = new LinkedHashMap<>();

  /** No numbers. */
  public static MapNumbers none() {
    return new MapNumbers();
  }

  private MapNumbers() {}

  /** These and others. */
  public MapNumbers with(String name, double... numbers) {
    MapNumbers more = without(name);
    more.arrays.put(name, numbers.clone());
    return more;
  }

  /** These but for some. */
  public MapNumbers without(String name) {
    MapNumbers fewer = new MapNumbers();
    fewer.arrays.putAll(arrays);
    fewer.arrays.remove(name);
    return fewer;
  }

  /** The names, in order. */
  public Set<String> names() {
    return arrays.keySet();
  }

  /** Whether there are numbers of that name. */
  public boolean has(String name) {
    return arrays.containsKey(name);
  }

  /**
   * Numbers by name.
   *
   * @throws IllegalArgumentException if there are none of that name
   */
  public double[] array(String name) {
    double[] numbers = arrays.get(name);
    if (numbers == null) {
      throw new IllegalArgumentException(
          "a map without " + name + "; it has " + String.join(", ", names()));
    }
    return numbers.clone();
  }

  /**
   * A number by name.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is not finite
   */
  public double number(String name) {
    double[] numbers = array(name);
    if (numbers.length != 1 || !Double.isFinite(numbers[0])) {
      throw new IllegalArgumentException(
          name + " is " + Arrays.toString(numbers) + " where it must be one finite number");
    }
    return numbers[0];
  }

  /**
   * Probabilities by name.
   *
   * @throws IllegalArgumentException if there are none of that name, or not so many, or one is not
   *     in [0, 1]
   */
  double[] probabilities(String name, int length) {
    double[] numbers = array(name);
    if (numbers.length != length || !Arrays.stream(numbers).allMatch(p -> p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("%s must be %d probabilities".formatted(name, length));
    }
    return numbers;
  }

  /**
   * Numbers in strictly ascending order, by name.
   *
   * @throws IllegalArgumentException if there are none of that name, or they are not in that order
   */
  double[] ascending(String name) {
    return inOrder(name, Double.MIN_VALUE);
  }

  /** As {@link #ascending}, neighbours may be equal. */
  double[] notDescending(String name) {
    return inOrder(name, 0);
  }

  private double[] inOrder(String name, double leastStep) {
    double[] numbers = array(name);
    for (int i = 0; i < numbers.length; i++) {
      if (Double.isNaN(numbers[i]) || (i > 0 && !(numbers[i] - numbers[i - 1] >= leastStep))) {
        throw new IllegalArgumentException(
            "%s has %s after %s".formatted(name, numbers[i], i == 0 ? "nothing" : numbers[i - 1]));
      }
    }
    return numbers;
  }

  /** Writes the numbers. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(arrays.size());
    for (Map.Entry<String, double[]> entry : arrays.entrySet()) {
      out.writeUTF(entry.getKey());
      long[] bits =
          Arrays.stream(entry.getValue()).mapToLong(Double::doubleToRawLongBits).toArray();
      out.writeInt(bits.length);
      Longs.write(bits, bits.length, out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is not that
   */
  public static MapNumbers read(DataInput in) throws IOException {
    MapNumbers numbers = new MapNumbers();
    int names = Lengths.read("names", MOST_NAMES, in);
    for (int i = 0; i < names; i++) {
      String name = in.readUTF();
      int length = Lengths.read("numbers", Integer.MAX_VALUE, in);
      numbers.arrays.put(
          name,
          Arrays.stream(Longs.read(length, in)).mapToDouble(Double::longBitsToDouble).toArray());
    }
    return numbers;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapNumbers numbers
        && names().equals(numbers.names())
        && names().stream().allMatch(n -> Arrays.equals(arrays.get(n), numbers.arrays.get(n)));
  }

  @Override
  public int hashCode() {
    return names().stream().mapToInt(n -> n.hashCode() ^ Arrays.hashCode(arrays.get(n))).sum();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    arrays.forEach(
        (name, numbers) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(name)
                .append(" = ")
                .append(
                    numbers.length == 1
                        ? Double.toString(numbers[0])
                        : numbers.length + " numbers"));
    return text.toString();
  }
}
