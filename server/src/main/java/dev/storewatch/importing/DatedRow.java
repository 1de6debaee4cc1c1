package dev.storewatch.importing;

import dev.storewatch.store.PackedWeeks;
import dev.storewatch.store.Registry;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of business hours and the date from which it holds as one number, whose order is that of
 * the dates, the days and the times.
 */
final class DatedRow {
  private static final int TIME_BITS = 17;
  private static final int DAY = 2 * TIME_BITS;
  private static final int DATE = DAY + 3;
  private static final int TIME = (1 << TIME_BITS) - 1;

  /** The day before the first that can be the date of a row. */
  private static final long NO_DATE = LocalDate.of(1899, 12, 31).toEpochDay();

  /** The day of a row whose day cannot be read. */
  private static final int UNKNOWN_DAY = 7;

  private DatedRow() {}

  /** Returns a row, whose day and times are packed as the registry does. */
  static long pack(LocalDate from, long packed) {
    long date = from.equals(PackedWeeks.BEGINNING) ? 0 : from.toEpochDay() - NO_DATE;
    return date << DATE
        | (packed >> 40) << DAY
        | ((packed >> 20) & TIME) << TIME_BITS
        | (packed & TIME);
  }

  /** Returns a row of a day that was refused; -1 for a day that cannot be read. */
  static long refused(LocalDate from, int day) {
    return pack(from, Registry.PackedHours.closed(day < 0 ? UNKNOWN_DAY : day));
  }

  /** Returns the weeks of which some rows are. */
  static PackedWeeks weeks(long[] rows) {
    PackedWeeks weeks = new PackedWeeks();
    int start = 0;
    for (int i = 1; i <= rows.length; i++) {
      if (i == rows.length || rows[i] >> DATE != rows[start] >> DATE) {
        long[] week = new long[i - start];
        for (int place = 0; place < week.length; place++) {
          week[place] = withoutDate(rows[start + place]);
        }
        weeks.set(date(rows[start]), week);
        start = i;
      }
    }
    return weeks;
  }

  /** Returns for each date the days of refused rows, a bit each; none for days that are unknown. */
  static SortedMap<LocalDate, Integer> days(long[] refused) {
    SortedMap<LocalDate, Integer> days = new TreeMap<>();
    for (long row : refused) {
      int day = (int) (row >> DAY) & 7;
      days.merge(date(row), day == UNKNOWN_DAY ? 0 : 1 << day, (one, other) -> one | other);
    }
    return days;
  }

  private static LocalDate date(long row) {
    long date = row >> DATE;
    return date == 0 ? PackedWeeks.BEGINNING : LocalDate.ofEpochDay(date + NO_DATE);
  }

  private static long withoutDate(long row) {
    return Registry.PackedHours.pack(
        (int) (row >> DAY) & 7, (int) (row >> TIME_BITS) & TIME, (int) row & TIME);
  }
}
