package dev.storewatch.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param known what is known of stores, as {@link FileRows}; null for nothing
 */
record Input(Polls polls, @Nullable Dataset<Row> known) {}
