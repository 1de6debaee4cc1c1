package dev.storewatch.schedule;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The times of a schedule: once for each local date, week or month at a time of day. A time that
 * the clocks skip is the first instant after the gap, which is on the next date when the gap ends
 * its own; one that they show twice is the first of the two. A date that the clocks skip as a whole
 * has no time of its own by the day; by the week or the month its time is the first instant after
 * the gap. A month that is too short has its last day.
 *
 * @param every how often
 * @param day of the week from Monday, 1, on, or of the month; 0 for every day
 * @param at the time of day
 * @param zone the name of the zone of the clocks
 */
record LocalTimes(Every every, int day, LocalTime at, String zone) {
  private static final Pattern FORM = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d)?");

  /** How often something is done. */
  enum Every {
    /** On each date. */
    DAY(0),
    /** On a day of each week. */
    WEEK(7),
    /** On a day of each month. */
    MONTH(31);

    private final int lastDay;

    Every(int lastDay) {
      this.lastDay = lastDay;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Every of(String word) {
      for (Every each : values()) {
        if (each.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
          return each;
        }
      }
      throw new WrongInput("every is '%s': use day, week or month".formatted(word));
    }
  }

  /**
   * Reads the times that somebody enters.
   *
   * @throws WrongInput if something is missing or wrong
   */
  static LocalTimes parse(
      @Nullable String every, @Nullable Integer day, @Nullable String at, @Nullable String zone) {
    if (every == null || at == null || zone == null) {
      throw new WrongInput(
          "%s is missing: a schedule is for example {\"every\": \"month\", \"day\": 1, \"at\": \"06:00\", \"zone\": \"Europe/Berlin\"}"
              .formatted(every == null ? "every" : at == null ? "at" : "zone"));
    }
    Every often = Every.of(every);
    if (often == Every.DAY) {
      if (day != null) {
        throw new WrongInput("every is day, so there is no day to name: leave day out");
      }
      return new LocalTimes(often, 0, time(at), ZoneTable.inUse().zone(zone).name());
    }
    int chosen = day == null ? 1 : day;
    if (chosen < 1 || chosen > often.lastDay) {
      throw new WrongInput(
          "day is %d: use 1 to %d, %s"
              .formatted(
                  chosen,
                  often.lastDay,
                  often == Every.WEEK ? "from Monday on" : "for the day of the month"));
    }
    return new LocalTimes(often, chosen, time(at), ZoneTable.inUse().zone(zone).name());
  }

  private static LocalTime time(String at) {
    try {
      if (FORM.matcher(at.strip()).matches()) {
        return LocalTime.parse(at.strip());
      }
    } catch (DateTimeException e) {
      throw wrong(at, e);
    }
    throw wrong(at, null);
  }

  private static WrongInput wrong(String at, @Nullable Exception cause) {
    return new WrongInput(
        "at is '%s': use a time of day from 00:00 to 23:59, for example 06:00".formatted(at),
        cause);
  }

  /**
   * Returns the first time after an instant; an hour later if the table of zones in use does not
   * have the zone, which may be another one than at the time when it was entered.
   */
  long next(long after) {
    Zone clocks = ZoneTable.inUse().find(zone);
    if (clocks == null) {
      return after + Micros.HOUR;
    }
    LocalDate date = date(clocks, after).minusDays(1);
    while (true) {
      Optional<Long> time = timeOn(clocks, date);
      if (time.isPresent() && time.get() > after) {
        return time.get();
      }
      date = date.plusDays(1);
    }
  }

  /** Returns the last time up to an instant, not before another one that is a time itself. */
  long last(long first, long until) {
    Zone clocks = ZoneTable.inUse().find(zone);
    if (clocks == null) {
      return first;
    }
    LocalDate date = date(clocks, until).plusDays(1);
    LocalDate earliest = date(clocks, first);
    // The date of the first itself too: a time that is skipped at the end of the date before comes
    // on it as well.
    while (!date.isBefore(earliest)) {
      Optional<Long> time = timeOn(clocks, date);
      if (time.isPresent() && time.get() <= until) {
        return Math.max(first, time.get());
      }
      date = date.minusDays(1);
    }
    return first;
  }

  private static LocalDate date(Zone clocks, long instant) {
    return clocks.wallClock(Micros.toInstant(instant)).toLocalDate();
  }

  private Optional<Long> timeOn(Zone clocks, LocalDate date) {
    boolean isOne =
        switch (every) {
          case DAY -> isThere(clocks, date);
          case WEEK -> date.getDayOfWeek().getValue() == day;
          case MONTH -> date.getDayOfMonth() == Math.min(day, YearMonth.from(date).lengthOfMonth());
        };
    return isOne ? Optional.of(clocks.resolve(date.atTime(at))) : Optional.empty();
  }

  private static boolean isThere(Zone clocks, LocalDate date) {
    return date(clocks, clocks.resolve(date.atStartOfDay())).equals(date);
  }
}
