package dev.storewatch.store;

import dev.storewatch.database.Columns;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns that the tables of special days and of closures share. */
final class EntryRows {
  private EntryRows() {}

  /** Returns entries as rows, in which 0 and empty texts stand for null. */
  static Columns of(List<? extends CalendarEntry> entries) {
    return new Columns()
        .texts("id", entries.stream().map(CalendarEntry::id).toList())
        .ints("store_key", entries.stream().mapToInt(EntryRows::storeKey).toArray())
        .texts("tag", entries.stream().map(entry -> text(entry.target().tag())).toList())
        .longs("entered_at", entries.stream().mapToLong(CalendarEntry::enteredAt).toArray())
        .texts("entered_by", entries.stream().map(entry -> text(entry.enteredBy())).toList());
  }

  private static int storeKey(CalendarEntry entry) {
    Integer key = entry.target().storeKey();
    return key == null ? 0 : key;
  }

  static String text(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
