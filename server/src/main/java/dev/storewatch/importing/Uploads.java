package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where uploaded files lie until they are imported: a restart does not lose them. */
public interface Uploads {
  /** Returns where the files are: beside the database, or in it when several servers share it. */
  static Uploads open(Database database, DataFolder folder) {
    // A switch over types has Java make a class at run time, for which a short command would wait.
    return database instanceof DuckDbDatabase
        ? new UploadFolder(folder)
        : new PostgresUploads((PostgresDatabase) database);
  }

  /** Returns whether the file of an import exists. */
  boolean holds(String importId);

  /** Opens the file of an import. */
  InputStream open(String importId) throws IOException;

  /** Returns where the file of an import lies as it is; empty if it does not lie on a disk. */
  default Optional<Path> path(String importId) {
    return Optional.empty();
  }

  /** Keeps a file that was received whole; within the running transaction if that is possible. */
  void keep(Path received, String importId) throws IOException;

  /** Deletes the file of an import, if it exists. */
  void delete(String importId) throws IOException;

  /** Returns the imports whose files exist. */
  Stream<String> importIds();
}
