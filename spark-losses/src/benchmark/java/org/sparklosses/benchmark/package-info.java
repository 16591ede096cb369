/**
 * Speed of the row kernels, by JMH. Apart from the tests, which neither compile nor run it: {@code
 * mvn -Pbenchmark -pl spark-losses -DskipTests verify}.
 */
package org.sparklosses.benchmark;
