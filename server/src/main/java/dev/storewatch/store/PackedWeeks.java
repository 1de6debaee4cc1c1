package dev.storewatch.store;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The weekly hours of a store by the date from which they hold, as {@link Registry.PackedHours}
 * packs them. A week without any number is not there.
 */
public final class PackedWeeks {
  /** Stands for the date of hours that hold from the beginning of time. */
  public static final LocalDate BEGINNING = LocalDate.MIN;

  private static final long[] NONE = {};

  private final NavigableMap<LocalDate, long[]> byDate = new TreeMap<>();

  /** Returns weeks that can be changed without a change of these. */
  public PackedWeeks copy() {
    PackedWeeks copy = new PackedWeeks();
    copy.byDate.putAll(byDate);
    return copy;
  }

  /** Puts a week in the place of the one that was there; none takes it out. */
  public void set(LocalDate from, long[] week) {
    if (week.length == 0) {
      byDate.remove(from);
    } else {
      byDate.put(from, week.clone());
    }
  }

  /** Returns the week that holds from a date on, in order; none if there is no such week. */
  public long[] from(LocalDate date) {
    return byDate.getOrDefault(date, NONE).clone();
  }

  /** Returns the dates from which weeks hold, in order. */
  public Set<LocalDate> dates() {
    return Collections.unmodifiableSet(byDate.keySet());
  }

  /** Returns the dates of which these or others have a week. */
  public Set<LocalDate> datesWith(PackedWeeks others) {
    Set<LocalDate> all = new TreeSet<>(byDate.keySet());
    all.addAll(others.byDate.keySet());
    return all;
  }

  /** Returns whether others have the same week from a date on. */
  public boolean isLike(PackedWeeks others, LocalDate date) {
    return Arrays.equals(byDate.getOrDefault(date, NONE), others.byDate.getOrDefault(date, NONE));
  }

  /** Returns whether others have the same weeks. */
  public boolean isLike(PackedWeeks others) {
    return datesWith(others).stream().allMatch(date -> isLike(others, date));
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return byDate.isEmpty();
  }

  /** Returns how many intervals and closed days there are. */
  public int size() {
    return byDate.values().stream().mapToInt(week -> week.length).sum();
  }
}
