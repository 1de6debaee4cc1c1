package dev.storewatch.lake;

import dev.storewatch.database.Workbench;
import java.nio.file.Path;

/** What Parquet files say of themselves. */
final class LakeFiles {
  private LakeFiles() {}

  /** Returns how many rows a file has. */
  static long rows(Workbench bench, Path file) {
    return bench
        .list(
            "SELECT num_rows FROM parquet_file_metadata(%s)".formatted(text(file)),
            row -> row.getLong(1))
        .getFirst();
  }

  /** Returns the path of a file as SQL has it. */
  static String text(Path file) {
    return Workbench.text(file.toAbsolutePath().normalize().toString());
  }
}
