package dev.storewatch.instant;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reader of instants in every form that is accepted: the usual ones of {@link Timestamps}, and
 * those that only some programs write. Not safe for use by several threads.
 */
public final class InstantReader {
  private static final Pattern LEAP_SECOND = Pattern.compile(":\\d\\d:60");
  private static final int LONGEST = 64;

  private final Timestamps timestamps = new Timestamps();
  private final UnusualTimes unusual = new UnusualTimes();

  /**
   * Returns the instant that fills a range, in microseconds since the epoch, or {@link
   * Timestamps#IMPOSSIBLE} or {@link Timestamps#OTHER_YEARS}. One that says no zone is in UTC.
   *
   * @param text an array that is longer than the range, as {@link Timestamps} wants it
   */
  public long read(byte[] text, int from, int to) {
    long at = timestamps.read(text, from);
    return at != Timestamps.IMPOSSIBLE && timestamps.end() == to
        ? at
        : unusual.read(text, from, to);
  }

  /**
   * Returns the instant of a parameter; empty if the text is none, or does not say its zone: who
   * types a time may mean that of the place. Years that only ISO 8601 has are read in its own form
   * alone.
   */
  public static Optional<Instant> parameter(String text) {
    String instant = text.strip();
    if (LEAP_SECOND.matcher(instant).find()) {
      return Optional.empty(); // Instant would read the second before it, files refuse it
    }
    try {
      return Optional.of(Instant.parse(instant));
    } catch (DateTimeException e) {
      return instant.length() > LONGEST ? Optional.empty() : unusual(instant);
    }
  }

  private static Optional<Instant> unusual(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    UnusualTimes reader = new UnusualTimes();
    long at = reader.read(Arrays.copyOf(utf8, utf8.length + Timestamps.SLACK), 0, utf8.length);
    return at < 0 || !reader.hasZone()
        ? Optional.empty()
        : Optional.of(Instant.EPOCH.plus(at, ChronoUnit.MICROS));
  }
}
