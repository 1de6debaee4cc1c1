/**
 * All polls and stores as Parquet files, for DuckDB, Spark and pandas to read, and back again.
 *
 * <h2>Rationale</h2>
 *
 * <p>The files of both databases are made in one way: rows go from the database into a DuckDB in
 * memory, which sorts them and writes Parquet. DuckDB could write its own tables by itself, but
 * then a database would have to be let at files of others, and there would be two ways that must
 * not differ. The rows pass through Java once, which takes less time than to pack them.
 *
 * <p>What is new since the last export is told by the revisions of polls. A poll that got another
 * status is added once more with a greater sequence, so files stay as they are; a date of which
 * polls were deleted is written anew.
 */
@NullMarked
package dev.storewatch.lake;

import org.jspecify.annotations.NullMarked;
