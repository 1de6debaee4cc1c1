package dev.storewatch.spark;

import dev.storewatch.hours.Closure;
import dev.storewatch.interval.Span;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * What rows of a lake say of stores, as texts that travel with polls. Instants come as
 * microseconds: which class of Java a timestamp becomes depends on the session that is active in a
 * thread.
 */
final class LakeKnowledge {
  private LakeKnowledge() {}

  /** Returns what a row of a table says, as rows of {@link FileRows#SCHEMA}. */
  static List<Row> rows(String table, Row row) {
    List<Row> rows = new ArrayList<>();
    switch (table) {
      case "stores" -> {
        String zone = text(row, "time_zone");
        if (zone != null) {
          rows.add(of(row, Known.text(Known.ZONE, zone)));
        }
        flag(row, "first_poll_at", Known.FIRST_POLL, rows);
        flag(row, "hours_flagged_at", Known.HOURS_FLAGGED, rows);
        flag(row, "zone_flagged_at", Known.ZONE_FLAGGED, rows);
      }
      case "tags" -> {
        String value = text(row, "value");
        rows.add(
            of(row, Known.text(Known.TAG, text(row, "name") + (value == null ? "" : ":" + value))));
      }
      case "hours" -> rows.add(of(row, hours(LocalDate.MIN, row)));
      case "later_hours" ->
          rows.add(of(row, hours(LocalDate.parse(String.valueOf(text(row, "valid_from"))), row)));
      case "special_days" -> rows.add(of(row, specialDay(row)));
      case "closures" -> rows.add(of(row, Known.closure(closure(row))));
      default -> throw new IllegalArgumentException(table);
    }
    return rows;
  }

  private static void flag(Row row, String column, char what, List<Row> rows) {
    Long at = row.getAs(column);
    if (at != null) {
      rows.add(of(row, Known.text(what, at)));
    }
  }

  private static Row of(Row row, String known) {
    String store = text(row, "store_id");
    String tag = has(row, "tag") ? text(row, "tag") : null;
    return RowFactory.create(
        store == null ? "" : store,
        StoreRows.BEFORE_POLLS,
        0L,
        known,
        store != null ? null : tag == null ? FileRows.ALL : tag,
        null,
        null,
        null,
        null);
  }

  private static String hours(LocalDate from, Row row) {
    int day = row.<Integer>getAs("day_of_week");
    return isClosed(row)
        ? Known.closed(from, day)
        : Known.hours(from, day, second(row, "opens_second"), second(row, "closes_second"));
  }

  private static String specialDay(Row row) {
    LocalDate date = LocalDate.parse(String.valueOf(text(row, "date")));
    return isClosed(row)
        ? Known.text(Known.SPECIAL_CLOSED, date)
        : Known.specialHours(date, second(row, "opens_second"), second(row, "closes_second"));
  }

  private static Closure closure(Row row) {
    Long from = row.getAs("from_utc");
    Long to = row.getAs("to_utc");
    if (from != null && to != null) {
      return new Closure.Fixed(new Span(from, to), "planned");
    }
    String last = text(row, "last_date");
    return new Closure.Local(
        LocalDateTime.parse(String.valueOf(text(row, "from_local"))),
        LocalDateTime.parse(String.valueOf(text(row, "to_local"))),
        Closure.Repeat.valueOf(
            String.valueOf(text(row, "repeats")).toUpperCase(java.util.Locale.ROOT)),
        last == null ? null : LocalDate.parse(last),
        "planned");
  }

  private static boolean isClosed(Row row) {
    return row.isNullAt(row.fieldIndex("opens_second"));
  }

  private static int second(Row row, String column) {
    return row.<Integer>getAs(column);
  }

  private static boolean has(Row row, String column) {
    return List.of(row.schema().fieldNames()).contains(column);
  }

  private static @Nullable String text(Row row, String column) {
    return row.getAs(column);
  }
}
