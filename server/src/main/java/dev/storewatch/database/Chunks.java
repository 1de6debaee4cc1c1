package dev.storewatch.database;

import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;

/** Large results of DuckDB, read as columns, a chunk of some thousand rows at a time. */
public final class Chunks {
  private Chunks() {}

  /** A receiver of the chunks of a result. */
  public interface Reader {
    /** Called with each chunk, which is valid during the call alone. */
    void take(DuckDBDataChunkReader chunk);
  }

  /** Runs a query with whole numbers as its parameters, and gives the result chunk by chunk. */
  public static void read(
      DuckDBConnection connection, String sql, Reader reader, long... parameters)
      throws SQLException {
    try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      try (DuckDBChunkedResult result = statement.query()) {
        while (result.nextChunk()) {
          reader.take(result.chunk());
        }
      }
    }
  }
}
