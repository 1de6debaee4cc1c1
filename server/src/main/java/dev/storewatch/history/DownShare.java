package dev.storewatch.history;

import dev.storewatch.interval.Micros;
import dev.storewatch.uptime.WindowTotals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * The share of down time by which stores and groups are ranked: what may well be the least, judged
 * by how much is known.
 *
 * <p>Each is drawn toward the average of all by a day of open time, and then one standard error is
 * taken away, as if each hour were a look of its own. So a store of which an hour is known does not
 * come first because that hour was bad, and one with much known time stays where it is.
 */
final class DownShare {
  /** How much open time of the average of all is added: as much as an outage may last by chance. */
  private static final double ADDED_HOURS = 24;

  private static final int SHOWN_DECIMALS = 4;

  private final double ofAll;

  /**
   * The shares among some stores.
   *
   * @param all the sums of all of them
   */
  DownShare(Sum all) {
    this.ofAll = hours(all.down()) / (hours(all.up()) + hours(all.down()));
  }

  private static double hours(BigInteger micros) {
    return micros.doubleValue() / Micros.HOUR;
  }

  /** Returns the share of some stores, from 0 to 1; empty if nothing is known of them. */
  OptionalDouble of(Sum sum) {
    return of(hours(sum.up()), hours(sum.down()));
  }

  /** Returns the share of one store. */
  OptionalDouble of(WindowTotals totals) {
    return of((double) totals.up() / Micros.HOUR, (double) totals.down() / Micros.HOUR);
  }

  private OptionalDouble of(double up, double down) {
    if (up + down == 0) {
      return OptionalDouble.empty();
    }
    double hours = up + down + ADDED_HOURS;
    double drawn = (down + ADDED_HOURS * ofAll) / hours;
    double error = Math.sqrt(drawn * (1 - drawn) / hours);
    return OptionalDouble.of(Math.max(0, drawn - error));
  }

  /** Returns a share as a percentage to be shown. */
  static BigDecimal percent(double share) {
    return BigDecimal.valueOf(share)
        .movePointRight(2)
        .setScale(SHOWN_DECIMALS, RoundingMode.HALF_UP);
  }
}
