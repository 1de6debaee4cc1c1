package dev.storewatch.lake;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a lake has files of, each kind in a folder of its own. */
enum LakeTable {
  POLLS("store_id text, at instant, active boolean, sequence bigint"),
  STORES(
      "store_id text, name text?, time_zone text?, first_poll_at instant?,"
          + " hours_flagged_at instant?, zone_flagged_at instant?"),
  TAGS("store_id text, name text, value text?"),
  HOURS("store_id text, day_of_week int, opens_second int?, closes_second int?"),
  LATER_HOURS(
      "store_id text, valid_from text, day_of_week int, opens_second int?, closes_second int?"),
  SPECIAL_DAYS(
      "id text, store_id text?, tag text?, date text, opens_second int?, closes_second int?,"
          + " label text?"),
  CLOSURES(
      "id text, store_id text?, tag text?, from_utc instant?, to_utc instant?, from_local text?,"
          + " to_local text?, repeats text, last_date text?, reason text");

  @SuppressWarnings(
      "ImmutableEnumChecker") // the list cannot be changed, which its type does not say
  private final List<Column> columns;

  LakeTable(String columns) {
    this.columns = Arrays.stream(columns.split(", ", -1)).map(Column::of).toList();
  }

  /**
   * A column.
   *
   * @param name its name
   * @param type what its values are
   * @param isNullable whether it may have none
   */
  record Column(String name, Type type, boolean isNullable) {
    private static Column of(String text) {
      String[] words = text.split(" ", -1);
      boolean isNullable = words[1].endsWith("?");
      String type = isNullable ? words[1].substring(0, words[1].length() - 1) : words[1];
      return new Column(words[0], Type.valueOf(type.toUpperCase(Locale.ROOT)), isNullable);
    }

    /** Returns the name as SQL has it: DuckDB takes {@code at} for a word of its own. */
    String quoted() {
      return '"' + name + '"';
    }

    /** Returns what makes a value for a file of the one that came from memory. */
    private String written() {
      return type == Type.INSTANT ? "make_timestamptz(%1$s) AS %1$s".formatted(quoted()) : quoted();
    }

    /** Returns what makes a value for memory of the one in a file. */
    private String read() {
      return type == Type.INSTANT ? "epoch_us(%1$s) AS %1$s".formatted(quoted()) : quoted();
    }
  }

  /** What the values of a column are: as they are in memory, and as DuckDB names their type. */
  enum Type {
    TEXT(String.class, "VARCHAR"),
    INSTANT(long.class, "TIMESTAMP WITH TIME ZONE"),
    BOOLEAN(boolean.class, "BOOLEAN"),
    BIGINT(long.class, "BIGINT"),
    INT(int.class, "INTEGER");

    private final Class<?> inMemory;
    private final String inFiles;

    Type(Class<?> inMemory, String inFiles) {
      this.inMemory = inMemory;
      this.inFiles = inFiles;
    }

    Class<?> inMemory() {
      return inMemory;
    }

    String inFiles() {
      return inFiles;
    }

    /** Returns whether values of a type of DuckDB can be read as these. */
    boolean isInFiles(String type) {
      // A writer that does not say that its instants are those of UTC wrote those of UTC.
      return type.equals(inFiles) || (this == INSTANT && type.equals("TIMESTAMP"));
    }
  }

  /** Returns the name of its folder, and the one in the manifest. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<Column> columns() {
    return columns;
  }

  /** Returns the columns of a query of rows in memory. */
  String written() {
    return columns.stream().map(Column::written).collect(Collectors.joining(", "));
  }

  /** Returns the columns of a query of files. */
  String read() {
    return columns.stream().map(Column::read).collect(Collectors.joining(", "));
  }
}
