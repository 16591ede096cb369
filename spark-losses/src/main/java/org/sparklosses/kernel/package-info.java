/**
 * Row kernels: what one read of a row of logits tells, in plain Java or by the Vector API, with the
 * same bits.
 *
 * <h2>One arithmetic</h2>
 *
 * A row is cut in chunks of {@link org.sparklosses.kernel.ChunkLoops#FLOATS} floats or {@link
 * org.sparklosses.kernel.ChunkLoops#DOUBLES} doubles. Element i of a chunk belongs to virtual lane
 * {@code i mod 16} (floats) or {@code i mod 8} (doubles), and a lane is summed in index order. The
 * lanes are added in double by one fixed tree, and the chunks are merged in index order by the
 * operator of the online normalizer (Milakov and Gimelshein 2018, arXiv:1805.02867), with
 * compensation. The exponential is one polynomial written with fused multiply-add. No step depends
 * on the width of a register, so plain Java and vectors of 128, 256 and 512 bits agree bit for bit,
 * and a query may change from one to another between two rows.
 *
 * <p>Exponentials of floats are summed in float over runs of {@link
 * org.sparklosses.kernel.ChunkLoops#FLOAT_RUN}, and the runs in double. A lane of a run takes 16
 * additions, each wrong by at most 2^-24 of a sum that may hold the maximum's 1: that keeps the
 * error of logsumexp over floats within 1e-6 for rows of any length, where 32 additions did not.
 *
 * <p>The sums of the logits and of their squares are kept in double for floats too: they cancel in
 * the losses that need them, and squares of floats overflow a float.
 *
 * <h2>Many short rows</h2>
 *
 * For rows of up to {@link org.sparklosses.kernel.RowTile#LONGEST} floats a vector holds one entry
 * of several rows ({@link org.sparklosses.kernel.RowTile}), and what follows from a row's
 * statistics is computed for a column of rows ({@link org.sparklosses.kernel.ColumnKernel}). Both
 * give the bits of a row read by itself.
 *
 * <h2>Choice</h2>
 *
 * {@link org.sparklosses.kernel.RowKernels} chooses once a JVM and logs the choice. The system
 * property {@code losses.kernel} forces it: {@code auto} (default), {@code scalar} or {@code
 * vector}. The property {@code losses.kernel.bits} caps the width of vectors: 128, 256 or 512
 * (default: what the machine prefers).
 *
 * <p>Imports nothing of Spark.
 *
 * @since 0.1.0
 */
package org.sparklosses.kernel;
