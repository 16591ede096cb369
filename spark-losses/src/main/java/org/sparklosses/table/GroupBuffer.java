// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.sparklosses.exact.Lengths;
import org.sparklosses.exact.Mergeable;
import org.sparklosses.metric.SharedSums;

/**
 * What a pass over a table keeps: the groups of rows of each declaration, and the number of classes
 * that all rows have.
 *
 * <p>Layout: {@code int classes}, then the {@link SliceGroups}.
 *
 * @param <G> what is kept of a group
 */
public final class GroupBuffer<G extends Mergeable<G>>
    implements ClassCount, Mergeable<GroupBuffer<G>> {

  private final RowSpec rows;
  private final int declaredClasses;
  private final SliceGroups<G> groups;
  private int classes;

  /**
   * No rows yet.
   *
   * @param declarations the columns of each way to group the rows; no columns make one group of all
   *     rows
   * @param declaredClasses the number of classes, 0 if the rows decide
   * @param newGroup makes a group of no rows, by declaration and key
   */
  public GroupBuffer(
      RowSpec rows,
      List<List<String>> declarations,
      int declaredClasses,
      BiFunction<Integer, SliceKey, G> newGroup) {
    this.rows = rows;
    this.declaredClasses = declaredClasses;
    classes = declaredClasses;
    groups = new SliceGroups<>(declarations, rows.sliceColumns(), rows.sliceLimit(), newGroup);
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

  /** Does something to the groups of the row that a reader has read, one of each declaration. */
  public void forEachOf(SliceReader reader, Consumer<G> action) {
    groups.forEachOf(reader, action);
  }

  /** The number of declarations. */
  public int declarations() {
    return groups.declarations();
  }

  /** How many groups a declaration has so far. */
  public int size(int declaration) {
    return groups.size(declaration);
  }

  /** A group by its number. */
  public G group(int declaration, int number) {
    return groups.group(declaration, number);
  }

  /** The numbers of the groups of rows of the batch that a reader is at. */
  public void numbers(int declaration, SliceReader reader, int[] ofRows, int count, int[] out) {
    groups.numbers(declaration, reader, ofRows, count, out);
  }

  /** The groups of a declaration, in ascending order of its values. */
  public Map<SliceKey, G> sorted(int declaration) {
    return groups.sorted(declaration);
  }

  /** The group of all rows, merged into an empty one from those of the first declaration. */
  public G merged(G empty) {
    groups.sorted(0).values().forEach(empty::merge);
    return empty;
  }

  /**
   * Adds the rows of another of the same declarations.
   *
   * @throws InvalidRowException if they have another number of classes
   */
  @Override
  public void merge(GroupBuffer<G> other) {
    if (other.classes != 0 && !acceptsClasses(other.classes)) {
      throw InvalidRowException.differentLengths(rows.predictions(), classes, other.classes);
    }
    groups.merge(other.groups);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(classes);
    groups.write(out);
  }

  @Override
  public void read(DataInput in) throws IOException {
    classes = Lengths.read("classes", SharedSums.MOST_CLASSES, in);
    if (declaredClasses > 0 && classes != declaredClasses) {
      throw new StreamCorruptedException(
          "%d classes where %d are declared".formatted(classes, declaredClasses));
    }
    groups.read(in);
  }
}
