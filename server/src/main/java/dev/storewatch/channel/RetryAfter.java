package dev.storewatch.channel;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After}: a number of seconds, or a date. */
final class RetryAfter {
  private RetryAfter() {}

  /** Returns how long to wait, or null if a text does not say it. */
  static @Nullable Duration parse(String text, Instant now) {
    String value = text.strip();
    try {
      return value.matches("\\d{1,9}([.]\\d{1,9})?")
          ? Duration.ofMillis((long) Math.ceil(1_000 * Double.parseDouble(value)))
          : untilDate(value, now);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration untilDate(String value, Instant now) {
    Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
  }
}
