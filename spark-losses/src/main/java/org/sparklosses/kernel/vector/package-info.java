/**
 * The loops of the kernels in the Vector API, at the width the machine prefers or the setting
 * {@code sparklosses.kernel.bits} names. Loaded by name alone, for it needs the module
 * jdk.incubator.vector.
 *
 * <p>HotSpot's C2 compiles such code well, or boxes every vector, according to its shape. Each
 * method here is therefore small and static: one loop, the exponential written out in it, constants
 * in locals, no vector passed, returned or kept across an outer loop, and the lanes stored to an
 * array. A comparison and a blend replace max and min, whose rules for NaN and zeros cost more.
 *
 * <p>A vector narrower than the virtual lanes goes over the chunk, which is in the first level
 * cache, once for each group of lanes.
 */
package org.sparklosses.kernel.vector;
