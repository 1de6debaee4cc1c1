package dev.storewatch.store;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A registry in the making, from the rows of a database as they come. */
final class RegistryRows {
  private final Registry.Builder registry;
  private final List<String> tags = new ArrayList<>();
  private int tagged;
  private final int[] starts;
  private long[] intervals = new long[1024];
  private int size;
  private int lastKey;

  /** The rows of a number of stores, deleted ones included. */
  RegistryRows(int stores) {
    registry = new Registry.Builder(stores);
    starts = new int[stores + 2];
  }

  /** Adds the next store in the order of ids. */
  void store(
      int key, String id, @Nullable String zone, @Nullable Long firstPoll, @Nullable String name) {
    registry.add(key, id, name, zone == null ? null : zone(id, zone), firstPoll);
  }

  /** Never takes another zone instead: the store's hours would move without a word. */
  static Zone zone(String id, String name) {
    Zone zone = ZoneTable.inUse().find(name);
    if (zone == null) {
      throw new IllegalStateException(
          "the store %s has the time zone '%s', which the table of zones %s does not have: give it an IANA name with the release of Storewatch that was used before, or use a newer one"
              .formatted(id, name, ZoneTable.inUse().version()));
    }
    return zone;
  }

  /**
   * Says since when the hours and the zone of a store are flagged, in microseconds since the epoch;
   * null if they are not.
   */
  void flags(int key, @Nullable Long hours, @Nullable Long zone) {
    registry.flag(key, hours, zone);
  }

  /** Adds a store that is deleted. */
  void deleted(int key, String id) {
    registry.addDeleted(key, id);
  }

  /** Adds the next tag in the order of stores and tags. */
  void tag(int key, String tag) {
    if (key != tagged) {
      tags.clear();
      tagged = key;
    }
    tags.add(tag);
    registry.tag(key, tags);
  }

  /** Adds the next interval of business hours in the order of stores, days and times. */
  void hours(int key, int day, int opens, int closes) {
    packedHours(key, Registry.PackedHours.pack(day, opens, closes));
  }

  /** Adds the next interval of business hours, or the next closed day, in the same order. */
  void packedHours(int key, long packed) {
    startKey(key);
    if (size == intervals.length) {
      intervals = Arrays.copyOf(intervals, 2 * size);
    }
    intervals[size++] = packed;
  }

  /** Adds the closures and special days of another registry, but for those of some ids. */
  void entries(Registry other, Set<String> without) {
    other.plannedClosures().stream()
        .filter(closure -> !without.contains(closure.id()))
        .forEach(registry::closure);
    other.plannedDays().stream().filter(day -> !without.contains(day.id())).forEach(registry::day);
  }

  /** Adds a planned closure. */
  void closure(ClosureColumns row) {
    registry.closure(row.read());
  }

  /** Adds a special day, with its date in days since the epoch and its hours as they are kept. */
  void day(
      String id,
      Target target,
      int date,
      String hours,
      @Nullable String label,
      long enteredAt,
      @Nullable String enteredBy) {
    LocalDate day = LocalDate.ofEpochDay(date);
    registry.day(
        new PlannedDay(
            id, target, day, PlannedDay.readHours(day, hours), label, enteredAt, enteredBy));
  }

  /** Adds weekly hours that hold from a date on, in days since the epoch. */
  void datedHours(int key, int validFrom, String hours) {
    registry.datedHours(key, LocalDate.ofEpochDay(validFrom), Registry.PackedHours.parse(hours));
  }

  private void startKey(int key) {
    while (lastKey < key) {
      starts[++lastKey] = size;
    }
  }

  Registry build() {
    startKey(starts.length - 1);
    return registry.build(new Registry.PackedHours(starts, Arrays.copyOf(intervals, size)));
  }
}
