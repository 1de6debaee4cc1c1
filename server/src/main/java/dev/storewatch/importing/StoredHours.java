package dev.storewatch.importing;

import dev.storewatch.importing.HoursChanges.Known;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.store.PackedWeeks;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The hours of stores as the journal keeps them: a part for each date from which they hold. */
final class StoredHours {
  private StoredHours() {}

  /** Returns the part of a date; an empty one for hours from the beginning, and the flag. */
  static String part(LocalDate date) {
    return date.equals(PackedWeeks.BEGINNING) ? "" : Long.toString(date.toEpochDay());
  }

  private static LocalDate date(String part) {
    return part.isEmpty() ? PackedWeeks.BEGINNING : LocalDate.ofEpochDay(Long.parseLong(part));
  }

  /** Returns what becomes of the hours of a store that hold from a date on. */
  static StoreChange change(int key, LocalDate date, Known from, Known to) {
    return new StoreChange(key, part(date), value(from, date), value(to, date));
  }

  private static StoreChange.Value value(Known known, LocalDate date) {
    return StoreChange.Value.hours(
        known.weeks().from(date),
        date.equals(PackedWeeks.BEGINNING) ? known.flaggedAt() : OptionalLong.empty());
  }

  /** Returns whether a store has of a part what a change has made of it. */
  static boolean isAfter(Known now, StoreChange change) {
    return value(now, date(change.part())).saysWhat(change.after());
  }

  /** Returns hours of which some parts are others. */
  static Known with(Known hours, Map<String, StoreChange.Value> parts) {
    PackedWeeks weeks = hours.weeks().copy();
    parts.forEach((part, value) -> weeks.set(date(part), value.packedHours()));
    StoreChange.Value whole = parts.get("");
    return new Known(weeks, whole == null ? hours.flaggedAt() : flaggedAt(whole));
  }

  /** Returns the hours that a store had before some changes of its parts. */
  static Known before(Known now, List<StoreChange> changes) {
    return with(
        now, changes.stream().collect(Collectors.toMap(StoreChange::part, StoreChange::before)));
  }

  private static OptionalLong flaggedAt(StoreChange.Value value) {
    return value.isFlagged() ? OptionalLong.of(value.flaggedAt()) : OptionalLong.empty();
  }
}
