package dev.storewatch.copy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table whose value in the column that divides it is in a range.
 *
 * @param from the first value; null for the least
 * @param to the value after the last; null for the greatest
 */
record Slice(@Nullable String from, @Nullable String to) {
  /** All rows. */
  static final Slice ALL = new Slice(null, null);

  /** A value of the column that divides a table, and about how many rows have it. */
  record Count(String value, long rows) {}

  /** A slice with about how many rows it has. */
  record Sized(Slice slice, long rows) {}

  /**
   * Divides all rows into slices, each with {@code enough} rows or a little more; the last may have
   * fewer.
   */
  static List<Sized> divide(List<Count> counts, long enough) {
    List<Sized> slices = new ArrayList<>();
    String from = null;
    long rows = 0;
    for (Count count : counts) {
      if (rows >= enough) {
        slices.add(new Sized(new Slice(from, count.value), rows));
        from = count.value;
        rows = 0;
      }
      rows += count.rows;
    }
    slices.add(new Sized(new Slice(from, null), rows));
    return slices;
  }

  /** Returns the condition of a query, empty for all rows. */
  String condition(Table table, String collation) {
    Table.Division division = table.division();
    if (division == null || equals(ALL)) {
      return "";
    }
    boolean text = table.typeOf(division.column()) == Table.Type.TEXT;
    String column = division.column() + (text ? collation : "");
    List<String> conditions = new ArrayList<>();
    if (from != null) {
      conditions.add("%s >= %s".formatted(column, literal(from, text)));
    }
    if (to != null) {
      conditions.add("%s < %s".formatted(column, literal(to, text)));
    }
    return " WHERE " + String.join(" AND ", conditions);
  }

  private static String literal(String value, boolean text) {
    return text ? "'" + value.replace("'", "''") + "'" : value;
  }

  /** Returns its bounds in words. */
  @Override
  public String toString() {
    return equals(ALL)
        ? ""
        : " from %s to before %s"
            .formatted(from == null ? "the first" : from, to == null ? "the end" : to);
  }
}
