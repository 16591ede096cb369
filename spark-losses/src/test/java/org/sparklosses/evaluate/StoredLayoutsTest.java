// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparklosses.table.StateBytes;

/**
 * States that were stored in every layout that is read give what they gave then, or more. Those of
 * the layout that is written are written anew by {@code -Dstates.write=true}; a layout of a release
 * never changes.
 */
class StoredLayoutsTest {

  private static final Path SAMPLES = Path.of("src/test/resources/states");

  /** What the samples are of. */
  private enum Sample {
    /** Three classes, what is kept by default. */
    DEFAULTS {
      @Override
      byte[] bytes() {
        return StoredStates.of(60, 3, null, "", 2);
      }
    },
    /** Two classes with weights, of one size. */
    WEIGHTED {
      @Override
      byte[] bytes() {
        return StoredStates.of(
            40,
            2,
            "w",
            "metrics=log_loss,accuracy,ece(n_bins=10),roc_auc(of=positive),skce,"
                + "confusion_matrix,classwise_ece; classes=2; size=20000",
            2);
      }
    },
    /** More distinct scores than are kept apart, in a few cells. */
    GRID {
      @Override
      byte[] bytes() {
        return StoredStates.of(
            10_100, 2, null, "metrics=brier,score_distribution(of=positive),aurc", 1e-3);
      }
    };

    abstract byte[] bytes();

    Path file(int layout, String ending) {
      return SAMPLES
          .resolve("layout-" + layout)
          .resolve(name().toLowerCase(java.util.Locale.ROOT) + ending);
    }
  }

  @BeforeAll
  static void write() throws IOException {
    if (Boolean.getBoolean("states.write")) {
      for (Sample sample : Sample.values()) {
        byte[] bytes = sample.bytes();
        Files.createDirectories(sample.file(StateBytes.VERSION, "").getParent());
        Files.write(sample.file(StateBytes.VERSION, ".bin"), bytes);
        Files.writeString(sample.file(StateBytes.VERSION, ".txt"), metrics(bytes));
      }
    }
  }

  private static String metrics(byte[] bytes) {
    return EvaluationState.of(bytes).result().metrics().stream()
        .flatMap(
            metric ->
                metric.values().entrySet().stream()
                    .map(
                        part ->
                            metric.name()
                                + metric.parameters()
                                + " "
                                + part.getKey()
                                + " "
                                + part.getValue()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<Integer> layouts() {
    return IntStream.rangeClosed(StateBytes.LEAST_VERSION, StateBytes.VERSION).boxed();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyLayoutThatIsRead(int layout) throws IOException {
    for (Sample sample : Sample.values()) {
      byte[] stored = Files.readAllBytes(sample.file(layout, ".bin"));
      assertEquals(layout, stored[4]);
      List<String> now = metrics(stored).lines().toList();
      for (String then : Files.readAllLines(sample.file(layout, ".txt"))) {
        assertTrue(now.contains(then), sample + " gave " + then + ", now " + now);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void storedRowsAndNewRowsMerge(Sample sample) throws IOException {
    for (int layout : layouts().toList()) {
      EvaluationState stored = EvaluationState.of(Files.readAllBytes(sample.file(layout, ".bin")));
      EvaluationState merged = stored.merge(EvaluationState.of(sample.bytes()));
      assertEquals(2 * stored.ledger().rowsEvaluated(), merged.ledger().rowsEvaluated());
      assertEquals(
          stored.result().metrics().get(0).value(),
          merged.result().metrics().get(0).value(),
          1e-15,
          "the same rows twice have the same mean");
    }
  }

  private static String refusal(int layout, String library) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x534C4556);
    out.writeByte(layout);
    out.writeUTF(library);
    out.write(new byte[100]);
    return assertThrows(
            IllegalArgumentException.class, () -> EvaluationState.of(bytes.toByteArray()))
        .getMessage();
  }

  @Test
  void tooOldAndTooNewAreToldApart() throws IOException {
    String newer = refusal(77, "9.8.7");
    assertTrue(
        newer.contains("layout 77, of spark-losses 9.8.7, is too new for spark-losses 0.1.0"),
        newer);
    assertTrue(newer.contains("read them with 9.8.7 or later"), newer);
    String older = refusal(5, "");
    assertTrue(
        older.contains("layout 5, of a build before 0.1.0, is too old for spark-losses 0.1.0"),
        older);
    assertTrue(older.contains("reads layouts 6 to 6; evaluate their rows anew"), older);
  }

  @Test
  void theLibraryIsThatOfTheBuild() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../pom.xml"));
    assertTrue(
        lines.stream()
            .anyMatch(
                line ->
                    line.strip()
                        .matches("<revision>" + StateBytes.LIBRARY + "(-SNAPSHOT)?</revision>")),
        StateBytes.LIBRARY);
  }
}
