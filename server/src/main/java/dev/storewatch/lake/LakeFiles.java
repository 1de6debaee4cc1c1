package dev.storewatch.lake;

import dev.storewatch.database.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

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

  /** Returns the rows of files of a folder as a table of SQL. */
  static String rowsOf(Path folder, List<LakeFile> files) {
    return "read_parquet(%s, hive_partitioning = false)"
        .formatted(
            files.stream()
                .map(file -> text(folder.resolve(file.path())))
                .collect(Collectors.joining(", ", "[", "]")));
  }

  /** Returns the path of a file as SQL has it. */
  static String text(Path file) {
    return Workbench.text(file.toAbsolutePath().normalize().toString());
  }
}
