/**
 * What one of the processes claims, tries again while the database is away, and gives back; and
 * what is due now and then.
 *
 * <h2>Rationale</h2>
 *
 * <p>A claim holds as long as the lease of its process: without one, a process that died or hangs
 * would hold its work for ever. The lease is an instant of the database's clock, because the clocks
 * of several machines differ.
 *
 * <p>{@link WorkQueue} waits for a retry itself. Spring's {@code RetryTemplate} sleeps where
 * neither a stop nor new work can wake it without an interrupt, which would break off what is being
 * written; jobs may be interrupted and use it.
 *
 * <p>Jobs have a table of our own statements. db-scheduler did them on PostgreSQL only: a DuckDB
 * file, which one process has alone, would have needed its table too, so there were two mechanisms
 * for the same thing.
 */
@NullMarked
package dev.storewatch.work;

import org.jspecify.annotations.NullMarked;
