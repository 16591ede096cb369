// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.calibrate.multiclass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Rows in parts and in another order, whose sums travel as bytes and are merged. */
record PartedRows(MemoryRows rows, int parts) implements LogitRows {

  @Override
  public <S extends RowSums<S>> S scan(SumsAt<S> at) {
    List<S> sums = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      sums.add(at.empty());
    }
    Random random = new Random(parts);
    rows.shuffled(random)
        .forEach(
            row -> sums.get(random.nextInt(parts)).add(row.l().clone(), row.label(), row.weight()));
    Collections.shuffle(sums, random);
    S merged = at.empty();
    sums.forEach(part -> merged.merge(travelled(at, part)));
    return merged;
  }

  private static <S extends RowSums<S>> S travelled(SumsAt<S> at, S sums) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      sums.write(new DataOutputStream(bytes));
      S read = at.empty();
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      read.read(in);
      assertEquals(0, in.available());
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
