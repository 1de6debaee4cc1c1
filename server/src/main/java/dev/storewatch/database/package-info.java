/**
 * Where everything is kept: a DuckDB file in the data folder, or a PostgreSQL database that several
 * servers share.
 *
 * <h2>Rationale</h2>
 *
 * <p>{@link Database} is sealed, with two databases. What is done in bulk is each one's own, and a
 * {@code switch} over them has no default: whoever adds a third database is led by the compiler to
 * every place that has to decide. An interface that hides the difference could offer only what both
 * can do, and bulk is where each has its own fast way: a table function and chunks of columns on
 * DuckDB, binary COPY on PostgreSQL.
 */
@NullMarked
package dev.storewatch.database;

import org.jspecify.annotations.NullMarked;
