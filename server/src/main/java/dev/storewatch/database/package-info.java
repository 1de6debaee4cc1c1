/**
 * Where everything is kept: a DuckDB file in the data folder, or a PostgreSQL database that several
 * servers share.
 */
@NullMarked
package dev.storewatch.database;

import org.jspecify.annotations.NullMarked;
