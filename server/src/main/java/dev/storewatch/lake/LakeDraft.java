package dev.storewatch.lake;

import dev.storewatch.database.Feed;
import dev.storewatch.database.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The next state of a lake in the making. */
final class LakeDraft {
  /** Rows of a group: readers leave out groups, and pack and unpack one at a time. */
  private static final int GROUP = 122_880;

  private final LakeFolder folder;
  private final Workbench bench;
  private final @Nullable Manifest before;
  private final int export;

  /** The files that the lake will have, by their paths. */
  private final Map<String, LakeFile> files = new LinkedHashMap<>();

  private final SortedMap<LocalDate, Long> dates = new TreeMap<>();
  private final List<String> made = new ArrayList<>();
  private long polled;

  /** A draft that is as the lake is. */
  LakeDraft(LakeFolder folder, Workbench bench, @Nullable Manifest before) {
    this.folder = folder;
    this.bench = bench;
    this.before = before;
    this.export = before == null ? 1 : before.export() + 1;
    if (before != null) {
      before.files().forEach(file -> files.put(file.path(), file));
      dates.putAll(before.dates());
    }
  }

  Workbench bench() {
    return bench;
  }

  /** Returns the polls of a date that are in the lake already as a table of SQL. */
  String rows(LocalDate date) {
    return LakeFiles.rowsOf(folder.path(), files(date));
  }

  /** Returns the files of a date that are in the lake already. */
  List<LakeFile> files(LocalDate date) {
    return files.values().stream().filter(file -> date.equals(file.date())).toList();
  }

  /**
   * Puts rows in the place of those that a table had; the file stays if it would be the same.
   *
   * @param order how SQL sorts them; empty if they stay as they are
   */
  void replace(LakeTable table, Feed rows, String order) {
    LakeFile had = before == null ? null : before.files(table).getFirst();
    String path = LakeFile.path(table, null, export);
    Path part = folder.make(path);
    bench.execute(copy("SELECT %s FROM :feed%s".formatted(table.written(), order), part), rows);
    LakeFile file = file(path, part);
    if (had != null && had.sha256().equals(file.sha256())) {
      delete(part);
      return;
    }
    if (had != null) {
      files.remove(had.path());
    }
    take(file);
  }

  /**
   * Adds a file of polls of a date.
   *
   * @param query gives the rows in order
   * @return how many it has
   */
  long add(LocalDate date, String query) {
    String path = LakeFile.path(LakeTable.POLLS, date, export);
    Path part = folder.make(path);
    bench.execute(copy(query, part));
    LakeFile file = file(path, part);
    take(file);
    polled += file.rows();
    return file.rows();
  }

  /** Takes files of polls out that others stand for from now on. */
  void remove(List<LakeFile> old) {
    old.forEach(file -> files.remove(file.path()));
  }

  /** Notes how many polls a date has; none if it goes. */
  void count(LocalDate date, long polls) {
    if (polls == 0) {
      dates.remove(date);
    } else {
      dates.put(date, polls);
    }
  }

  private static String copy(String query, Path to) {
    return "COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d)"
        .formatted(query, LakeFiles.text(to), GROUP);
  }

  private void take(LakeFile file) {
    files.put(file.path(), file);
    made.add(file.path());
  }

  private LakeFile file(String path, Path part) {
    try {
      return LakeFile.of(
          path, LakeFiles.rows(bench, part), Files.size(part), LakeFolder.sha256(part));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path part) {
    try {
      Files.delete(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it the lake, and returns what is different. */
  ExportResult commit(Instant now, DataState data, @Nullable LocalDate first, long stores) {
    Manifest manifest =
        new Manifest(
            export,
            now,
            data.installation(),
            data.revision(),
            data.revisionMadeAt(),
            first,
            stores,
            dates,
            files.values().stream().sorted(LakeFile.IN_ORDER).toList(),
            false);
    folder.commit(manifest, made);
    long removed =
        before == null
            ? 0
            : before.files().stream().filter(file -> !files.containsKey(file.path())).count();
    return new ExportResult(
        stores,
        manifest.polls(),
        dates.size(),
        files.size(),
        files.values().stream().mapToLong(LakeFile::bytes).sum(),
        polled,
        made.size(),
        (int) removed);
  }
}
