package dev.storewatch.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file of the database, or its write-ahead log, cannot be read any more. */
public final class DamagedDatabase extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** How DuckDB begins or words what is wrong with a file. */
  private static final List<String> SIGNS =
      List.of(
          "Data Corruption Error",
          "Serialization Error",
          "not a valid DuckDB database file",
          "Could not read enough bytes",
          "Failure while replaying WAL file");

  private DamagedDatabase(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Returns what is to be told of a failure to open a database.
   *
   * @return the failure itself if it is another one
   */
  static RuntimeException orItself(Path file, RuntimeException failure) {
    String said = sign(failure);
    if (said == null) {
      return failure;
    }
    return new DamagedDatabase(
        said.contains("replaying WAL")
            ? """
            the write-ahead log %s.wal is damaged: restore a backup of the whole data folder, \
            or move that file away, which gives up what was changed last (DuckDB says: %s)\
            """
                .formatted(file, said)
            : """
            the database %s is damaged: restore a backup of the whole data folder, and import \
            what came after it (DuckDB says: %s)\
            """
                .formatted(file, said),
        failure);
  }

  /**
   * Returns the first line of what DuckDB says of a damaged file; null if it says another thing.
   */
  private static @Nullable String sign(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (cause instanceof SQLException && SIGNS.stream().anyMatch(said::contains)) {
        return said.lines().findFirst().orElse(said);
      }
    }
    return null;
  }
}
