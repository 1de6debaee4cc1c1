package dev.storewatch.interval;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Conversions between {@code java.time} and microseconds, the unit of every instant and length in
 * this product.
 *
 * <p>An instant is a {@code long} of microseconds since 1970-01-01T00:00:00Z; a length is a {@code
 * long} of microseconds. Both cover some 292,000 years either side of the epoch.
 */
public final class Micros {
  /** Microseconds in a second. */
  public static final long SECOND = 1_000_000L;

  /** Microseconds in an hour. */
  public static final long HOUR = 3_600 * SECOND;

  /** Microseconds in a day of 24 hours. */
  public static final long DAY = 24 * HOUR;

  private Micros() {}

  /**
   * Returns the microseconds since the epoch of an instant; a fraction of a microsecond is cut off.
   *
   * @throws ArithmeticException if the instant is outside the range of a {@code long}
   */
  public static long of(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano() / 1_000);
  }

  /**
   * Returns the microseconds of a length of time; a fraction of a microsecond is cut off.
   *
   * @throws ArithmeticException if the length is outside the range of a {@code long}
   */
  public static long of(Duration length) {
    return Math.addExact(Math.multiplyExact(length.getSeconds(), SECOND), length.getNano() / 1_000);
  }

  /** Returns the instant that is a number of microseconds after the epoch. */
  public static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
