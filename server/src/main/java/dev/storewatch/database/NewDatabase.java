package dev.storewatch.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new embedded database with all of its tables, which the build made by the migrations: to copy
 * it takes a few milliseconds, where the migrations take some hundred.
 */
final class NewDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(NewDatabase.class);

  /** Where the build puts it, beside the migrations. */
  private static final String PACKED = "/db/duckdb/new.duckdb.gz";

  private NewDatabase() {}

  /**
   * Puts a new database in a place where none is. Where that cannot be done, nothing is there, as
   * before: whoever opens the database then makes it, or says why it cannot be.
   */
  static void putAt(Path file) {
    Path log = file.resolveSibling(file.getFileName() + ".wal");
    if (isThere(file) || isThere(log)) {
      return;
    }
    Path unfinished = file.resolveSibling("new.tmp");
    try (InputStream packed = NewDatabase.class.getResourceAsStream(PACKED)) {
      if (packed != null) {
        unpack(packed, unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      LOG.debug("the new database could not be copied to {}", file, e);
      deleteIfThere(unfinished);
    }
  }

  /** Returns whether anything is there, a link to something that is not there yet included. */
  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void unpack(InputStream packed, Path to) throws IOException {
    try (InputStream database = new GZIPInputStream(packed)) {
      Files.copy(database, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteIfThere(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      LOG.debug("{} is left", unfinished, e);
    }
  }
}
