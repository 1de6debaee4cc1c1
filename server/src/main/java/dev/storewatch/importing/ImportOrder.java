package dev.storewatch.importing;

import dev.storewatch.file.ReadOptions;
import dev.storewatch.journal.FileSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an import.
 *
 * @param id its id, not used before
 * @param source what to call the file
 * @param options how to read what the file does not say itself
 * @param set the files that it is brought together with; null for a file by itself
 */
public record ImportOrder(String id, String source, ReadOptions options, @Nullable FileSet set) {
  /** Returns the import of a file by itself that says all about itself. */
  public static ImportOrder of(String source) {
    return of(source, ReadOptions.NONE, null);
  }

  /** Returns an import with a new id. */
  public static ImportOrder of(String source, ReadOptions options, @Nullable FileSet set) {
    return new ImportOrder(UUID.randomUUID().toString(), source, options, set);
  }
}
