package dev.storewatch.importing;

import dev.storewatch.file.ImportFile;

/** Whoever is told how far an import is. */
public interface ImportProgress {
  /** Ignores all calls. */
  ImportProgress NONE = new ImportProgress() {};

  /** Called when the reading of a file begins; the file tells how far it is. */
  default void reading(ImportFile file) {}

  /** Called when the file was read and its valid rows begin to be written. */
  default void writing(long rows) {}
}
