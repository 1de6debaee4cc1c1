package dev.storewatch.poll;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * A partition of the table of polls in PostgreSQL: a month, or a year of those in which hardly
 * anybody polls, so that a file of wrong times does not make thousands.
 *
 * @param name the name of its table
 * @param time the instants of its polls, in microseconds since the epoch
 */
record PollPartition(String name, Span time) {
  private static final int FIRST_YEAR_OF_MONTHS = 2015;
  private static final int LAST_YEAR_OF_MONTHS = 2059;

  /** Returns the partition of an instant, in microseconds since the epoch. */
  static PollPartition of(long instant) {
    YearMonth month = YearMonth.from(Micros.toInstant(instant).atOffset(ZoneOffset.UTC));
    int year = month.getYear();
    if (year < FIRST_YEAR_OF_MONTHS || year > LAST_YEAR_OF_MONTHS) {
      return new PollPartition(
          "poll_%04d".formatted(year),
          span(Year.of(year).atMonth(1), Year.of(year + 1).atMonth(1)));
    }
    return new PollPartition(
        "poll_%04d_%02d".formatted(year, month.getMonthValue()), span(month, month.plusMonths(1)));
  }

  private static Span span(YearMonth from, YearMonth to) {
    return new Span(start(from), start(to));
  }

  static long start(YearMonth month) {
    return Micros.of(month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  boolean holds(long instant) {
    return time.start() <= instant && instant < time.end();
  }
}
