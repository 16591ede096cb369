// SPDX-License-Identifier: Apache-2.0
package org.sparklosses.table;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.util.Text;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * A source whose batches are Arrow's vectors, of which every third row was deleted after they were
 * written: each column gives the rows that are left by a selection vector.
 */
public final class ArrowSource implements TableProvider {

  /** Rows that are left. */
  static final int ROWS = 4000;

  private static final int PARTITIONS = 2;
  private static final int BATCHES = 2;
  private static final int LEFT = ROWS / PARTITIONS / BATCHES;
  private static final int CLASSES = 3;

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "id BIGINT, floats ARRAY<FLOAT>, doubles ARRAY<DOUBLE>, z0 FLOAT, z1 FLOAT, z2 FLOAT,"
              + " label INT, country STRING");

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return SCHEMA;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new ArrowTable();
  }

  /** The table. */
  private static final class ArrowTable implements SupportsRead, ScanBuilder, Scan, Batch {

    @Override
    public String name() {
      return "arrow";
    }

    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
      return SCHEMA;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return this;
    }

    @Override
    public Scan build() {
      return this;
    }

    @Override
    public StructType readSchema() {
      return SCHEMA;
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return IntStream.range(0, PARTITIONS).mapToObj(Part::new).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers();
    }
  }

  private record Part(int number) implements InputPartition {

    private static final long serialVersionUID = 1L;
  }

  private static final class Readers implements PartitionReaderFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
      return true;
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
      return new Reader(((Part) partition).number());
    }
  }

  private static final class Reader implements PartitionReader<ColumnarBatch> {

    private final BufferAllocator memory = new RootAllocator();
    private final int partition;
    private int batches;
    private ColumnarBatch batch;

    Reader(int partition) {
      this.partition = partition;
    }

    @Override
    public boolean next() {
      if (batch != null) {
        batch.close();
      }
      if (batches == BATCHES) {
        return false;
      }
      batch = batch((partition * BATCHES + batches++) * 2L * LEFT);
      return true;
    }

    @Override
    public ColumnarBatch get() {
      return batch;
    }

    @Override
    public void close() {
      memory.close();
    }

    private ColumnarBatch batch(long firstId) {
      int[] left = IntStream.range(0, 2 * LEFT).filter(i -> i % 3 != 0).limit(LEFT).toArray();
      FieldVector[] written = {
        new BigIntVector("id", memory),
        ListVector.empty("floats", memory),
        ListVector.empty("doubles", memory),
        new Float4Vector("z0", memory),
        new Float4Vector("z1", memory),
        new Float4Vector("z2", memory),
        new IntVector("label", memory),
        new VarCharVector("country", memory)
      };
      UnionListWriter floats = ((ListVector) written[1]).getWriter();
      UnionListWriter doubles = ((ListVector) written[2]).getWriter();
      for (int i = 0; i < 2 * LEFT; i++) {
        long id = firstId + i;
        ((BigIntVector) written[0]).setSafe(i, id);
        writeLists(id, i, floats, doubles);
        for (int j = 0; j < CLASSES; j++) {
          Float4Vector column = (Float4Vector) written[3 + j];
          if (id % 29 == j) {
            column.setNull(i);
          } else {
            column.setSafe(i, (float) logit(id, j));
          }
        }
        if (id % 31 == 2) {
          ((IntVector) written[6]).setNull(i);
        } else {
          ((IntVector) written[6]).setSafe(i, (int) (id * id % CLASSES));
        }
        if (id % 7 == 3) {
          ((VarCharVector) written[7]).setNull(i);
        } else {
          ((VarCharVector) written[7]).setSafe(i, new Text("c" + id % 5));
        }
      }
      ColumnVector[] columns = new ColumnVector[written.length];
      for (int c = 0; c < written.length; c++) {
        written[c].setValueCount(2 * LEFT);
        columns[c] = new SelectedRows(new ArrowColumnVector(written[c]), left);
      }
      return new ColumnarBatch(columns, LEFT);
    }

    /** Some are null, empty or too long, or have a null among their entries. */
    private static void writeLists(
        long id, int row, UnionListWriter floats, UnionListWriter doubles) {
      if (id % 37 == 5) {
        return;
      }
      floats.setPosition(row);
      doubles.setPosition(row);
      floats.startList();
      doubles.startList();
      int length = id % 41 == 7 ? 0 : id % 43 == 8 ? CLASSES + 1 : CLASSES;
      for (int j = 0; j < length; j++) {
        if (id % 47 == 9 && j == 1) {
          floats.float4().writeNull();
          doubles.float8().writeNull();
        } else {
          floats.float4().writeFloat4((float) logit(id, j));
          doubles.float8().writeFloat8(logit(id, j));
        }
      }
      floats.endList();
      doubles.endList();
    }

    private static double logit(long id, int j) {
      return 3 * Math.sin(id * (j + 1.0));
    }
  }
}
