package org.sparklosses.evaluate;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Merges the states of partitions on the driver, each as it comes and into the same buffer. Their
 * order does not matter, as merging is exact.
 *
 * @param <B> the buffer
 */
final class DriverMerge<B> extends AbstractFunction2<Object, byte[], BoxedUnit> {

  private final ScanAggregate<B> aggregate;
  private B merged;

  private DriverMerge(ScanAggregate<B> aggregate) {
    this.aggregate = aggregate;
  }

  /**
   * The state of all rows.
   *
   * @param states one a partition, of which there is at least one
   */
  static <B> byte[] of(ScanAggregate<B> aggregate, JavaRDD<byte[]> states) {
    DriverMerge<B> merge = new DriverMerge<>(aggregate);
    states
        .rdd()
        .sparkContext()
        .runJob(states.rdd(), new OnlyElement(), merge, ClassTag.apply(byte[].class));
    return aggregate.serialize(merge.merged);
  }

  /** Takes the state of a partition; the scheduler calls it once at a time. */
  @Override
  public BoxedUnit apply(Object partition, byte[] state) {
    B buffer = aggregate.deserialize(state);
    merged = merged == null ? buffer : aggregate.merge(merged, buffer);
    return BoxedUnit.UNIT;
  }

  private static final class OnlyElement extends AbstractFunction1<Iterator<byte[]>, byte[]>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public byte[] apply(Iterator<byte[]> states) {
      return states.next();
    }
  }
}
