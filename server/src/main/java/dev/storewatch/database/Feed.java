package dev.storewatch.database;

import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;

/**
 * Rows in Java memory that a DuckDB statement reads as a table, chunk by chunk.
 *
 * <p>This is several times as fast as the driver's appender, and the rows can be joined as well as
 * inserted.
 */
public interface Feed {
  /**
   * A column of a feed.
   *
   * @param name its name in SQL
   * @param type the Java type of its values: {@code int.class}, {@code long.class}, {@code
   *     boolean.class}, {@code byte.class} or {@code String.class}
   */
  record Column(String name, Class<?> type) {}

  /** Returns the columns, in the order of the chunk's vectors. */
  List<Column> columns();

  /** Returns how many rows there are in all. */
  long rows();

  /**
   * Writes the next rows into a chunk; called by one thread at a time.
   *
   * @return the number of rows written, at most the chunk's capacity; 0 when there are no more
   */
  int fill(DuckDBDataChunkWriter chunk);
}
