package dev.storewatch.report;

import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.OptionalLong;

/** The instant at which the windows of a report end, as it is asked for. */
public sealed interface AsOf {
  /** The newest poll of the whole fleet. */
  record Latest() implements AsOf {}

  /** The instant at which the report is asked for. */
  record Now() implements AsOf {}

  /** An instant that is named. */
  record At(Instant instant) implements AsOf {}

  /**
   * Reads {@code latest}, {@code now}, or an ISO 8601 instant with its zone or offset.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static AsOf parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "latest" -> new Latest();
      case "now" -> new Now();
      default -> new At(instant(text.strip()));
    };
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not an instant: use latest, now, or ISO 8601 with a zone such as"
              + " 2023-01-25T18:13:22Z",
          e);
    }
  }

  /**
   * Returns the instant in microseconds since the epoch; empty for the newest poll when there is
   * none.
   */
  default OptionalLong resolve(Polls polls, Clock clock) {
    return switch (this) {
      case Latest _ -> polls.newest();
      case Now _ -> OptionalLong.of(Micros.of(clock.instant()));
      case At at -> OptionalLong.of(Micros.of(at.instant()));
    };
  }
}
