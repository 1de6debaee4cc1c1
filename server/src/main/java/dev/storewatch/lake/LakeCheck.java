package dev.storewatch.lake;

import dev.storewatch.database.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The check of a lake before anything is done with it: that its files are there and are what they
 * were when they were exported, that they have the columns, and as many rows as the manifest says.
 */
final class LakeCheck {
  private final Path folder;
  private final Manifest manifest;
  private final Workbench bench;

  LakeCheck(Path folder, Manifest manifest, Workbench bench) {
    this.folder = folder;
    this.manifest = manifest;
    this.bench = bench;
  }

  /**
   * Checks everything but what the values of stores are.
   *
   * @throws BadLake if something is wrong, with what to do
   */
  void run() {
    for (LakeFile file : manifest.files()) {
      checkBytes(file);
    }
    for (LakeFile file : manifest.files()) {
      checkColumns(file);
      long rows = LakeFiles.rows(bench, folder.resolve(file.path()));
      if (rows != file.rows()) {
        throw wrong(file, "has %,d rows, and the manifest says %,d".formatted(rows, file.rows()));
      }
    }
    manifest.dates().forEach(this::checkPolls);
  }

  private void checkBytes(LakeFile file) {
    Path path = folder.resolve(file.path());
    if (!Files.isRegularFile(path)) {
      throw new BadLake(
          "%s is missing, which the manifest names: copy the whole folder, or %s"
              .formatted(path, manifest.mend()));
    }
    try {
      long bytes = Files.size(path);
      if (bytes != file.bytes()) {
        throw wrong(
            file, "has %,d bytes, and the manifest says %,d".formatted(bytes, file.bytes()));
      }
      if (!LakeFolder.sha256(path).equals(file.sha256())) {
        throw wrong(file, "has another checksum than the manifest says");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  private BadLake wrong(LakeFile file, String what) {
    return new BadLake(
        "%s is damaged: it %s: copy it again, or %s"
            .formatted(folder.resolve(file.path()), what, manifest.mend()));
  }

  private void checkColumns(LakeFile file) {
    Map<String, String> types = new LinkedHashMap<>();
    try {
      bench
          .list(
              "DESCRIBE SELECT * FROM read_parquet(%s, hive_partitioning = false)"
                  .formatted(LakeFiles.text(folder.resolve(file.path()))),
              row -> Map.entry(row.getString(1), row.getString(2)))
          .forEach(column -> types.put(column.getKey(), column.getValue()));
    } catch (Workbench.Failed e) {
      throw wrong(file, "is no whole Parquet file (%s)".formatted(firstLine(e)));
    }
    for (LakeTable.Column column : file.table().columns()) {
      String type = types.get(column.name());
      if (type == null) {
        throw wrong(
            file,
            "has no column %s, only %s"
                .formatted(column.name(), String.join(", ", types.keySet())));
      }
      if (!column.type().isInFiles(type)) {
        throw wrong(
            file,
            "has the column %s of the type %s, and it should be %s"
                .formatted(column.name(), type, column.type().inFiles()));
      }
    }
  }

  static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Checks the values of the polls of a date, without a row of Java for each. */
  private void checkPolls(LocalDate date, long polls) {
    List<LakeFile> files = manifest.files(date);
    String from = "FROM " + LakeFiles.rowsOf(folder, files);
    long start = PollSource.time(date).start();
    long end = PollSource.time(date).end();
    String nulls =
        LakeTable.POLLS.columns().stream()
            .map(column -> column.quoted() + " IS NULL")
            .collect(Collectors.joining(" OR "));
    long[] counts =
        query(
            files,
            """
            SELECT %s, count(*) FILTER (WHERE %s),
              count(*) FILTER (WHERE epoch_us("at") < %d OR epoch_us("at") >= %d) %s\
            """
                .formatted(
                    files.size() > 1 ? "count(DISTINCT (store_id, \"at\"))" : "count(*)",
                    nulls,
                    start,
                    end,
                    from));
    if (counts[1] > 0 || counts[2] > 0) {
      throw damaged(
          "%,d rows of polls of %s lack a value, and %,d are of another date"
              .formatted(counts[1], date, counts[2]));
    }
    if (counts[0] != polls) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "there are %,d polls of %s, and the manifest says %,d",
              counts[0],
              date,
              polls));
    }
  }

  private long[] query(List<LakeFile> files, String sql) {
    try {
      return bench
          .list(sql, row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
          .getFirst();
    } catch (Workbench.Failed e) {
      throw wrong(files.getFirst(), "cannot be read (%s)".formatted(firstLine(e)));
    }
  }

  private BadLake damaged(String what) {
    return new BadLake("%s is damaged: %s: %s".formatted(folder, what, manifest.mend()));
  }
}
