package dev.storewatch.lake;

import dev.storewatch.input.WrongInput;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of a lake.
 *
 * @param table what it has rows of
 * @param date the date of its polls in UTC; null for other rows
 * @param path where it is in the folder, with slashes
 * @param rows how many rows it has
 * @param bytes how long it is
 * @param sha256 its checksum, in hexadecimal
 */
record LakeFile(
    LakeTable table, @Nullable LocalDate date, String path, long rows, long bytes, String sha256) {
  /** The order in a manifest. */
  static final Comparator<LakeFile> IN_ORDER =
      Comparator.comparing(LakeFile::table).thenComparing(LakeFile::path);

  private static final Pattern NAME =
      Pattern.compile(
          "(?<folder>[a-z_]+)(?:/date=(?<date>\\d{4}-\\d{2}-\\d{2}))?/(?<name>[a-z_]+)-\\d{6,9}\\.parquet");

  /** Returns the path of a file that an export makes, in the folder of the lake. */
  static String path(LakeTable table, @Nullable LocalDate date, int export) {
    String folder = date == null ? table.word() : "%s/date=%s".formatted(table.word(), date);
    return "%s/%s-%06d.parquet".formatted(folder, table.word(), export);
  }

  /** Returns whether a path is one that an export makes: nothing else is touched. */
  static boolean isOurs(String path) {
    return NAME.matcher(path).matches();
  }

  /**
   * Returns the file of a manifest.
   *
   * @throws WrongInput if a path is none that an export makes
   */
  static LakeFile of(String path, long rows, long bytes, String sha256) {
    Matcher name = NAME.matcher(path);
    if (!name.matches()) {
      throw notOurs(path);
    }
    LakeTable table =
        Arrays.stream(LakeTable.values())
            .filter(each -> each.word().equals(name.group("folder")))
            .filter(each -> each.word().equals(name.group("name")))
            .findFirst()
            .orElseThrow(() -> notOurs(path));
    String date = name.group("date");
    if ((date != null) != (table == LakeTable.POLLS)) {
      throw notOurs(path);
    }
    return new LakeFile(
        table, date == null ? null : LocalDate.parse(date), path, rows, bytes, sha256);
  }

  private static WrongInput notOurs(String path) {
    return new WrongInput("'%s' is no file of a lake".formatted(path));
  }
}
