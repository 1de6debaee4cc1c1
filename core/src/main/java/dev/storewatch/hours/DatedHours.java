package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hours of a store on each date: weekly hours, which may change with a date, and special days.
 *
 * <p>An interval belongs to the date on which it begins, also the part after midnight: the business
 * day. So a night ends as it was planned though the hours change with the next date, or that is a
 * special day.
 */
public final class DatedHours {
  /** No interval ends later than this many days after the midnight of its date. */
  static final int LONGEST_DAYS = 2;

  private static final long[] BEGINNING = {LocalDate.MIN.toEpochDay()};
  private static final SpecialDay[] NO_DAYS = {};
  private static final long[] NO_DATES = {};

  private final WeeklyHours[] weekly;

  /** The days since the epoch from which each of the weekly hours holds, in order. */
  private final long[] from;

  private final SpecialDay[] special;

  /** The days since the epoch of the special days, in order. */
  private final long[] specialDates;

  private DatedHours(NavigableMap<LocalDate, WeeklyHours> weekly, List<SpecialDay> special) {
    this.weekly = weekly.values().toArray(WeeklyHours[]::new);
    this.from = weekly.keySet().stream().mapToLong(LocalDate::toEpochDay).toArray();
    this.special = special.toArray(SpecialDay[]::new);
    this.specialDates = special.stream().mapToLong(day -> day.date().toEpochDay()).toArray();
  }

  private DatedHours(WeeklyHours weekly) {
    this.weekly = new WeeklyHours[] {weekly};
    this.from = BEGINNING;
    this.special = NO_DAYS;
    this.specialDates = NO_DATES;
  }

  /** Returns hours that are the same every week. */
  public static DatedHours of(WeeklyHours weekly) {
    return new DatedHours(weekly);
  }

  /**
   * Returns hours that change.
   *
   * @param weekly weekly hours by the date from which they hold; those from {@link LocalDate#MIN}
   *     on hold from the beginning of time. Before the first date the store never closes, as one of
   *     which nothing is known.
   * @param special special days, no two of one date
   * @throws IllegalArgumentException if two special days have one date
   */
  public static DatedHours of(Map<LocalDate, WeeklyHours> weekly, Collection<SpecialDay> special) {
    NavigableMap<LocalDate, WeeklyHours> all = new TreeMap<>(weekly);
    all.putIfAbsent(LocalDate.MIN, WeeklyHours.always());
    if (special.stream().map(SpecialDay::date).distinct().count() < special.size()) {
      throw new IllegalArgumentException("two special days have one date");
    }
    return new DatedHours(
        all, special.stream().sorted(Comparator.comparing(SpecialDay::date)).toList());
  }

  /**
   * The hours of one date.
   *
   * @param date the date
   * @param open what begins on the date, in microseconds after its midnight
   * @param since the date from which the weekly hours hold; {@link LocalDate#MIN} from the
   *     beginning of time
   * @param special the special day that replaces them; null if the week says what holds
   */
  public record Day(LocalDate date, SpanSet open, LocalDate since, @Nullable SpecialDay special) {}

  /** Returns the hours of a date, and what they rest on. */
  public Day on(LocalDate date) {
    int version = version(date.toEpochDay());
    int found = Arrays.binarySearch(specialDates, date.toEpochDay());
    return new Day(
        date,
        found >= 0 ? special[found].open() : weekly[version].on(date.getDayOfWeek()),
        LocalDate.ofEpochDay(from[version]),
        found >= 0 ? special[found] : null);
  }

  /**
   * Returns how long after the midnight that begins a date the night before goes on, in
   * microseconds; 0 if what began on the date before ends by midnight.
   */
  long nightInto(LocalDate date) {
    SpanSet before = on(date.minusDays(1)).open();
    return before.isEmpty() ? 0 : Math.max(0, before.end(before.size() - 1) - Micros.DAY);
  }

  /** Returns whether all that begins on any date ends by the midnight after it. */
  boolean endsByMidnight() {
    return Arrays.stream(weekly).allMatch(WeeklyHours::endsByMidnight)
        && Arrays.stream(special)
            .map(SpecialDay::open)
            .allMatch(open -> open.isEmpty() || open.end(open.size() - 1) <= Micros.DAY);
  }

  /** Returns the weekly hours that hold on a date, special day or not. */
  public WeeklyHours weekly(LocalDate date) {
    return weekly[version(date.toEpochDay())];
  }

  /** Returns whether the store never closes. */
  public boolean isAlways() {
    return weekly.length == 1 && special.length == 0 && weekly[0].isAlways();
  }

  private int version(long date) {
    int found = Arrays.binarySearch(from, date);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns the instants of a period, on the clocks of a zone, at which the store is open. */
  SpanSet open(ZoneOffsets clocks) {
    if (from.length == 1 && specialDates.length == 0) {
      return weekly[0].open(clocks);
    }
    long first = firstDate(clocks) - LONGEST_DAYS;
    long last = lastDate(clocks);
    int version = version(first);
    return version == version(last) && !hasSpecial(first, last)
        ? weekly[version].open(clocks)
        : onClocks(local(first, last), clocks);
  }

  /** Returns the first date that wall clocks show in a period, in days since the epoch. */
  static long firstDate(ZoneOffsets clocks) {
    long first = Long.MAX_VALUE;
    for (int i = 0; i < clocks.size(); i++) {
      first = Math.min(first, Math.floorDiv(clocks.start(i) + clocks.offset(i), Micros.DAY));
    }
    return first;
  }

  /** Returns the last date that wall clocks show in a period, its end included. */
  static long lastDate(ZoneOffsets clocks) {
    long last = Long.MIN_VALUE;
    for (int i = 0; i < clocks.size(); i++) {
      last = Math.max(last, Math.floorDiv(clocks.end(i) + clocks.offset(i), Micros.DAY));
    }
    return last;
  }

  /**
   * Returns the instants at which wall clocks show times of a date.
   *
   * @param date in days since the epoch
   * @param times in microseconds after its midnight
   */
  static SpanSet on(ZoneOffsets clocks, long date, SpanSet times) {
    SpanSet.Builder local = new SpanSet.Builder(times.size());
    for (int i = 0; i < times.size(); i++) {
      local.add(date * Micros.DAY + times.start(i), date * Micros.DAY + times.end(i));
    }
    return onClocks(local.build(), clocks);
  }

  private int firstSpecialFrom(long date) {
    int found = Arrays.binarySearch(specialDates, date);
    return found >= 0 ? found : -found - 1;
  }

  private boolean hasSpecial(long first, long last) {
    int next = firstSpecialFrom(first);
    return next < specialDates.length && specialDates[next] <= last;
  }

  /**
   * Returns what begins on some dates, in microseconds after the epoch of a wall clock that never
   * changes.
   */
  private SpanSet local(long first, long last) {
    SpanSet.Builder open = new SpanSet.Builder((int) (last - first + 1));
    int version = version(first);
    int nextSpecial = firstSpecialFrom(first);
    for (long date = first; date <= last; date++) {
      if (version + 1 < from.length && from[version + 1] <= date) {
        version++;
      }
      boolean isSpecial = nextSpecial < specialDates.length && specialDates[nextSpecial] == date;
      SpanSet day = isSpecial ? special[nextSpecial++].open() : weekly[version].on(dayOfWeek(date));
      for (int i = 0; i < day.size(); i++) {
        open.add(date * Micros.DAY + day.start(i), date * Micros.DAY + day.end(i));
      }
    }
    return open.build();
  }

  private static DayOfWeek dayOfWeek(long date) {
    return DayOfWeek.THURSDAY.plus(date); // that of the epoch
  }

  /**
   * Returns the instants at which wall clocks show open times. No local time is resolved to an
   * instant, so the gaps and overlaps of a wall clock need no rule.
   */
  private static SpanSet onClocks(SpanSet local, ZoneOffsets clocks) {
    SpanSet.Builder open = new SpanSet.Builder(local.size() + clocks.size());
    for (int i = 0; i < clocks.size(); i++) {
      long offset = clocks.offset(i);
      long from = clocks.start(i) + offset;
      long to = clocks.end(i) + offset;
      for (int span = local.firstEndingAfter(from);
          span < local.size() && local.start(span) < to;
          span++) {
        open.add(
            Math.max(from, local.start(span)) - offset, Math.min(to, local.end(span)) - offset);
      }
    }
    return open.build();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DatedHours hours
        && Arrays.equals(from, hours.from)
        && Arrays.equals(weekly, hours.weekly)
        && Arrays.equals(special, hours.special);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(weekly) + Arrays.hashCode(special);
  }
}
