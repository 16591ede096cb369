package org.sparklosses.evaluate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.sparklosses.metric.InputCheck;
import org.sparklosses.metric.PredictionRow;

/**
 * What a comparison keeps of a group of rows. Exact: the same rows give the same, however they are
 * parted and in whatever order they are added and merged.
 *
 * @param <G> the group itself
 */
interface RowGroup<G extends RowGroup<G>> {

  /** Adds a row without fault: the predictions of each model, with the same label and weight. */
  void add(PredictionRow[] models);

  /** Counts a row that is not compared, by what was found. */
  void addUnused(InputCheck check);

  /** Adds the rows of another group of the same kind. */
  void merge(G other);

  /** Writes the group. */
  void write(DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote into this group, which has no rows. */
  void read(DataInput in) throws IOException;
}
