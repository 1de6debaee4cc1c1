package dev.storewatch.importing;

import dev.storewatch.file.ImportFile;

/** Hears how far an import is. */
public interface ImportProgress {
  /** Does nothing. */
  ImportProgress NONE = new ImportProgress() {};

  /** Takes the file that is being read from now on; it tells how far it is. */
  default void reading(ImportFile file) {}

  /** Says that the file was read, and that its good rows are being written. */
  default void writing(long rows) {}
}
