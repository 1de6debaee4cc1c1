package dev.storewatch.lake;

import dev.storewatch.hours.Closure;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.store.PackedWeeks;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Registry.PackedHours;
import dev.storewatch.store.Target;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is known of stores, as rows of a lake. */
final class LakeStores {
  /** Always has the seconds, which the usual form leaves out when there are none. */
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  private final Registry registry;

  LakeStores(Registry registry) {
    this.registry = registry;
  }

  /** Returns the rows of a table. */
  LakeRows rows(LakeTable table) {
    LakeRows rows = new LakeRows(table);
    switch (table) {
      case STORES -> registry.keysAfter(null).forEach(key -> addStore(rows, key));
      case TAGS -> registry.keysAfter(null).forEach(key -> addTags(rows, key));
      case HOURS -> registry.keysAfter(null).forEach(key -> addHours(rows, key));
      case LATER_HOURS -> registry.keysAfter(null).forEach(key -> addLaterHours(rows, key));
      case SPECIAL_DAYS -> registry.plannedDays().forEach(day -> addDay(rows, day));
      case CLOSURES -> registry.plannedClosures().forEach(closure -> addClosure(rows, closure));
      case POLLS -> throw new IllegalArgumentException("polls are not in the registry");
    }
    return rows;
  }

  private void addStore(LakeRows rows, int key) {
    Zone zone = registry.zone(key);
    rows.add(
        registry.id(key),
        registry.name(key),
        zone == null ? null : zone.name(),
        orNull(registry.firstPoll(key)),
        orNull(registry.hoursFlagged(key)),
        orNull(registry.zoneFlagged(key)));
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private void addTags(LakeRows rows, int key) {
    for (String tag : registry.tags(key)) {
      int colon = tag.indexOf(':');
      rows.add(
          registry.id(key),
          colon < 0 ? tag : tag.substring(0, colon),
          colon < 0 ? null : tag.substring(colon + 1));
    }
  }

  private void addHours(LakeRows rows, int key) {
    for (long packed : registry.packedHours(key)) {
      Interval interval = Interval.of(packed);
      rows.add(registry.id(key), interval.day, interval.opens, interval.closes);
    }
  }

  private void addLaterHours(LakeRows rows, int key) {
    if (!registry.hasDatedHours(key)) {
      return;
    }
    PackedWeeks weeks = registry.packedWeeks(key);
    for (LocalDate date : weeks.dates()) {
      if (!date.equals(PackedWeeks.BEGINNING)) {
        for (long packed : weeks.from(date)) {
          Interval interval = Interval.of(packed);
          rows.add(
              registry.id(key), date.toString(), interval.day, interval.opens, interval.closes);
        }
      }
    }
  }

  /**
   * An interval of a week, or a day that was said to be closed.
   *
   * @param opens null for closed
   * @param closes null for closed
   */
  private record Interval(int day, @Nullable Integer opens, @Nullable Integer closes) {
    static Interval of(long packed) {
      int mask = (1 << 20) - 1;
      int day = (int) (packed >> 40);
      return PackedHours.isClosed(packed)
          ? new Interval(day, null, null)
          : new Interval(day, (int) (packed >> 20) & mask, (int) packed & mask);
    }
  }

  private @Nullable String store(Target target) {
    Integer key = target.storeKey();
    return key == null ? null : registry.id(key);
  }

  private boolean isOfDeleted(Target target) {
    Integer key = target.storeKey();
    return key != null && registry.isDeleted(key);
  }

  private void addDay(LakeRows rows, PlannedDay day) {
    if (isOfDeleted(day.target())) {
      return;
    }
    String store = store(day.target());
    String tag = day.target().tag();
    String date = day.date().toString();
    if (day.hours().isEmpty()) {
      rows.add(day.id(), store, tag, date, null, null, day.label());
    }
    for (OpeningInterval interval : day.hours()) {
      rows.add(day.id(), store, tag, date, interval.opens(), interval.closes(), day.label());
    }
  }

  private void addClosure(LakeRows rows, PlannedClosure planned) {
    if (isOfDeleted(planned.target())) {
      return;
    }
    String id = planned.id();
    String store = store(planned.target());
    String tag = planned.target().tag();
    switch (planned.closure()) {
      case Closure.Fixed fixed ->
          rows.add(
              id,
              store,
              tag,
              fixed.span().start(),
              fixed.span().end(),
              null,
              null,
              Closure.Repeat.ONCE.word(),
              null,
              fixed.reason());
      case Closure.Local local ->
          rows.add(
              id,
              store,
              tag,
              null,
              null,
              text(local.from()),
              text(local.to()),
              local.repeat().word(),
              local.until() == null ? null : local.until().toString(),
              local.reason());
    }
  }

  private static String text(LocalDateTime time) {
    return time.format(LOCAL);
  }
}
