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

  /** A time of day, a blank, and what would be an offset with a plus before it. */
  private static final Pattern BLANK_OFFSET =
      Pattern.compile("(\\d[T ]\\d{1,2}:?\\d{2}\\S*) (\\d{2}:?\\d{2})$");

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
   * Returns the instant of a parameter; empty if the text is none. One that says no zone is in UTC,
   * as in files; docs and messages say so. Years that only ISO 8601 has are read in its own form
   * alone.
   *
   * <p>A plus sign in the query of an address is a blank, unless the client writes it as {@code
   * %2B}: what looks like an offset after a blank at the end is one.
   */
  public static Optional<Instant> parameter(String text) {
    String instant = BLANK_OFFSET.matcher(text.strip()).replaceFirst("$1+$2");
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
    byte[] padded = Arrays.copyOf(utf8, utf8.length + Timestamps.SLACK);
    long at = new InstantReader().read(padded, 0, utf8.length);
    return at < 0 ? Optional.empty() : Optional.of(Instant.EPOCH.plus(at, ChronoUnit.MICROS));
  }
}
