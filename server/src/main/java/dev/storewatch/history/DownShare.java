package dev.storewatch.history;

import dev.storewatch.interval.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

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
  private static final BigInteger ADDED = BigInteger.valueOf(Micros.DAY);

  private static final MathContext EXACT = new MathContext(30);

  /** So that two shares that differ are hardly ever the same number. */
  private static final int DECIMALS = 12;

  private static final int SHOWN_DECIMALS = 4;

  private final BigInteger downOfAll;
  private final BigInteger knownOfAll;

  /**
   * The shares among some stores.
   *
   * @param all the sums of all of them
   */
  DownShare(Sum all) {
    this.downOfAll = all.down();
    this.knownOfAll = all.up().add(all.down());
  }

  /** Returns the share of some stores, from 0 to 1; empty if nothing is known of them. */
  Optional<BigDecimal> of(Sum sum) {
    BigInteger known = sum.up().add(sum.down());
    if (known.signum() == 0) {
      return Optional.empty();
    }
    BigDecimal drawn =
        new BigDecimal(sum.down().multiply(knownOfAll).add(ADDED.multiply(downOfAll)))
            .divide(new BigDecimal(known.add(ADDED).multiply(knownOfAll)), EXACT);
    BigDecimal hours =
        new BigDecimal(known.add(ADDED)).divide(BigDecimal.valueOf(Micros.HOUR), EXACT);
    BigDecimal error =
        drawn.multiply(BigDecimal.ONE.subtract(drawn)).divide(hours, EXACT).sqrt(EXACT);
    return Optional.of(
        drawn.subtract(error).max(BigDecimal.ZERO).setScale(DECIMALS, RoundingMode.HALF_UP));
  }

  /** Returns a share as a percentage to be shown. */
  static BigDecimal percent(BigDecimal share) {
    return share.movePointRight(2).setScale(SHOWN_DECIMALS, RoundingMode.HALF_UP);
  }
}
