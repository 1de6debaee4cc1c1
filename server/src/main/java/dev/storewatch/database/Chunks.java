package dev.storewatch.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.duckdb.DuckDBChunkedResult;
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

  /**
   * A statement as {@link KeptStatements} lends it, asked for by {@link PreparedStatement#unwrap}.
   * What is done with the driver's own statement would not be seen there.
   */
  interface Statement {
    /** Runs the query. */
    void readChunks(Reader reader) throws SQLException;
  }

  /**
   * Runs a query with whole numbers as its parameters, and gives the result chunk by chunk, on a
   * connection whose statements are kept or not.
   */
  static void read(Connection connection, String sql, Reader reader, long... parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setLong(i + 1, parameters[i]);
      }
      if (statement.isWrapperFor(Statement.class)) {
        statement.unwrap(Statement.class).readChunks(reader);
      } else {
        read(statement.unwrap(DuckDBPreparedStatement.class), reader);
      }
    }
  }

  static void read(DuckDBPreparedStatement statement, Reader reader) throws SQLException {
    try (DuckDBChunkedResult result = statement.query()) {
      while (result.nextChunk()) {
        reader.take(result.chunk());
      }
    }
  }
}
