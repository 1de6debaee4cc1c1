/**
 * The same report on Apache Spark, for fleets and histories that are larger than a machine.
 *
 * <h2>Rationale</h2>
 *
 * <p>What uptime is, is computed by {@code core}, files are read and rows are written by the module
 * files, and Spark moves data alone: it reads, sorts by store and time, and writes. So no date, no
 * zone and no rounding is Spark's, whose rules differ from those of other engines and from one
 * version to the next. All instants are whole microseconds in a column of longs.
 *
 * <p>What is known of a store goes through the same shuffle as its polls and comes before them
 * ({@code StoreRows}). So there is no join, nothing has to fit into the memory of the driver, and
 * one pass over sorted rows is all that a report takes.
 */
@NullMarked
package dev.storewatch.spark;

import org.jspecify.annotations.NullMarked;
