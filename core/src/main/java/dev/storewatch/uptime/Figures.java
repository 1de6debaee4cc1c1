package dev.storewatch.uptime;

import dev.storewatch.interval.Micros;
import java.math.BigInteger;
import java.util.OptionalLong;

/** The rounding of times and shares to the two decimals that people read, in whole hundredths. */
public final class Figures {
  private static final long MINUTE = 60 * Micros.SECOND;

  private Figures() {}

  /** Returns a length in hundredths of a minute, half up. */
  public static long hundredthsOfMinutes(long micros) {
    return halfUp(micros, MINUTE);
  }

  /** Returns a length in hundredths of a minute, half up: of many stores, in microseconds. */
  public static long hundredthsOfMinutes(BigInteger micros) {
    return micros
        .add(BigInteger.valueOf(MINUTE / 200))
        .divide(BigInteger.valueOf(MINUTE / 100))
        .longValueExact();
  }

  /** Returns a length in hundredths of an hour, half up. */
  public static long hundredthsOfHours(long micros) {
    return halfUp(micros, Micros.HOUR);
  }

  private static long halfUp(long micros, long unit) {
    return Math.floorDiv(micros + unit / 200, unit / 100);
  }

  /**
   * Returns the share of up time in the time that is known, in hundredths of a percent, rounded
   * down so that 10000 (100 percent) means that the store was never down; empty when nothing is
   * known.
   */
  public static OptionalLong hundredthsOfPercent(long up, long down) {
    long known = up + down;
    if (known == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        known < Long.MAX_VALUE / 10_000 ? up * 10_000 / known : exact(up, known));
  }

  /** Returns the share of the up time of many stores, as of one. */
  public static OptionalLong hundredthsOfPercent(BigInteger up, BigInteger down) {
    BigInteger known = up.add(down);
    return known.signum() == 0 ? OptionalLong.empty() : OptionalLong.of(share(up, known));
  }

  /**
   * Divides without an overflow. A product would overflow beyond 29 years, which the stores of a
   * fleet together reach within a week.
   */
  private static long exact(long up, long known) {
    return share(BigInteger.valueOf(up), BigInteger.valueOf(known));
  }

  private static long share(BigInteger up, BigInteger known) {
    return up.multiply(BigInteger.valueOf(10_000)).divide(known).longValue();
  }
}
