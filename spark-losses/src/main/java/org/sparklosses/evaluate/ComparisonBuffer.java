package org.sparklosses.evaluate;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;

/**
 * The state of a pass of a comparison: the groups of each declaration of a grouping.
 *
 * <p>Layout: {@code int classes}, then for each declaration {@code int groups} and, in ascending
 * order of the values, key and group.
 *
 * @param <G> what is kept of a group
 */
final class ComparisonBuffer<G extends RowGroup<G>> implements ClassCount {

  private final RowGrouping<G> grouping;
  private final SliceGroups<G> groups;
  private int classes;

  ComparisonBuffer(RowGrouping<G> grouping) {
    this.grouping = grouping;
    EvaluationSpec evaluation = grouping.spec().evaluation();
    classes = evaluation.classes();
    groups =
        new SliceGroups<>(
            grouping.declarations(),
            evaluation.sliceColumns(),
            evaluation.sliceLimit(),
            grouping::newGroup);
  }

  @Override
  public boolean acceptsClasses(int length) {
    if (classes == 0) {
      classes = length;
    }
    return classes == length;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** Adds a row of which the predictions of every model were read. */
  void add(RowReader reader, PredictionRow[] models) {
    groups.forEachOf(reader, group -> group.add(models));
  }

  /** Counts a row that is not compared. */
  void addUnused(RowReader reader, InputCheck check) {
    groups.forEachOf(reader, group -> group.addUnused(check));
  }

  ComparisonBuffer<G> merge(ComparisonBuffer<G> other) {
    if (other.classes != 0 && !acceptsClasses(other.classes)) {
      throw InvalidRowException.differentLengths(
          String.join(", ", grouping.spec().columns()), classes, other.classes);
    }
    groups.merge(other.groups, RowGroup::merge);
    return this;
  }

  /** The groups of a declaration, in ascending order of its values. */
  Map<SliceKey, G> groups(int declaration) {
    return groups.sorted(declaration);
  }

  byte[] toBytes() {
    return ByteChunks.of(
        out -> {
          out.writeInt(classes);
          groups.write(out, RowGroup::write);
        });
  }

  /** Reads what {@link #toBytes} wrote for the same grouping. */
  static <G extends RowGroup<G>> ComparisonBuffer<G> of(RowGrouping<G> grouping, byte[] bytes) {
    ComparisonBuffer<G> buffer = new ComparisonBuffer<>(grouping);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      buffer.classes = in.readInt();
      buffer.groups.read(
          in,
          (declaration, key, from) -> {
            G group = grouping.newGroup(declaration, key);
            group.read(from);
            return group;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer;
  }
}
