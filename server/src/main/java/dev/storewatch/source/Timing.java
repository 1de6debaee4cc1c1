package dev.storewatch.source;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** When something is done again and again. Instants are in microseconds since the epoch. */
sealed interface Timing {
  /** Returns the first instant after another one at which it is done. */
  long next(String id, long after);

  /** Returns the longest time between two tries of something that fails. */
  Duration longestPause();

  /**
   * Checks that it can be told when it is done.
   *
   * @throws WrongInput if the zone of its clocks is not in the table of zones in use, which may be
   *     another one than at the time when it was entered
   */
  default void check() {}

  /**
   * Again and again after the same time. What has different ids is done at different times, spread
   * over the whole, so that not all of it comes at once.
   */
  record Every(Duration length) implements Timing {
    static final Duration SHORTEST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofDays(31);

    /**
     * Checks the length.
     *
     * @throws WrongInput if it is too short or too long
     */
    public Every {
      if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
        throw new WrongInput(
            "every is %s: use PT1M to P31D, for example PT1H".formatted(Durations.format(length)));
      }
    }

    @Override
    public long next(String id, long after) {
      long micros = length.toNanos() / 1_000;
      long place = Math.floorMod(mixed(id), micros);
      return after - Math.floorMod(after - place, micros) + micros;
    }

    /** Returns a number of a text that is evenly spread even if texts differ in one letter. */
    private static long mixed(String id) {
      long mixed = id.hashCode() * 0x9E3779B97F4A7C15L;
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
      return mixed ^ (mixed >>> 31);
    }

    @Override
    public Duration longestPause() {
      return length;
    }
  }

  /**
   * Once for each local date at a time of day: at the first instant after the gap if the clocks
   * skip it, at the first of two if they show it twice. A date that the clocks skip as a whole has
   * none. It can be kept while the table of zones in use does not have its zone; the next instant
   * is an hour later then.
   *
   * @param zone the name of the zone of the clocks
   */
  record Daily(LocalTime at, String zone) implements Timing {
    private static final Pattern FORM = Pattern.compile("\\d\\d:\\d\\d(:\\d\\d)?");

    /**
     * Reads a time of day and a zone.
     *
     * @throws WrongInput if one of them is none
     */
    static Daily parse(String at, @Nullable String zone) {
      if (zone == null) {
        throw new WrongInput(
            "daily_at is on the clocks of a zone, which is missing: add for example \"zone\":"
                + " \"America/Chicago\"");
      }
      return new Daily(time(at), ZoneTable.inUse().zone(zone).name());
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
          "daily_at is '%s': use a time of day from 00:00 to 23:59, for example 02:30"
              .formatted(at),
          cause);
    }

    @Override
    public void check() {
      var _ = ZoneTable.inUse().zone(zone);
    }

    @Override
    public long next(String id, long after) {
      Zone clocks = ZoneTable.inUse().find(zone);
      return clocks == null ? after + Micros.HOUR : next(clocks, after);
    }

    private long next(Zone zone, long after) {
      LocalDate date = zone.wallClock(Micros.toInstant(after)).toLocalDate().minusDays(1);
      while (true) {
        long instant = zone.resolve(date.atTime(at));
        if (instant > after && isThere(zone, date)) {
          return instant;
        }
        date = date.plusDays(1);
      }
    }

    private static boolean isThere(Zone zone, LocalDate date) {
      long begin = zone.resolve(date.atStartOfDay());
      return zone.wallClock(Micros.toInstant(begin)).toLocalDate().equals(date);
    }

    @Override
    public Duration longestPause() {
      return Duration.of(1, ChronoUnit.HOURS);
    }
  }
}
