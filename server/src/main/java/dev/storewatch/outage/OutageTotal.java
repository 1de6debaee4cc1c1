package dev.storewatch.outage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * The tallies of stores added up. The means are those of all their outages together, never means of
 * the stores' means.
 */
final class OutageTotal {
  private static final int DECIMALS_OF_SECONDS = 6;

  private int stores;
  private int outages;
  private int ongoing;
  private int recoveries;
  private int intervals;

  // The times of a large fleet in some years are too much for a long.
  private BigInteger lost = BigInteger.ZERO;
  private BigInteger recovering = BigInteger.ZERO;
  private BigInteger between = BigInteger.ZERO;

  private @Nullable OutageTally longest;
  private String longestStore = "";

  /**
   * Adds a store.
   *
   * @param tally its outages; null if it had none
   */
  void add(String storeId, @Nullable OutageTally tally) {
    stores++;
    if (tally == null) {
      return;
    }
    outages += tally.outages();
    ongoing += tally.ongoing();
    recoveries += tally.recoveries();
    intervals += tally.intervals();
    lost = lost.add(BigInteger.valueOf(tally.lost()));
    recovering = recovering.add(BigInteger.valueOf(tally.recovering()));
    between = between.add(BigInteger.valueOf(tally.between()));
    if (longest == null || tally.longest() > longest.longest()) {
      longest = tally;
      longestStore = storeId;
    }
  }

  int stores() {
    return stores;
  }

  OutageSums sums() {
    return new OutageSums(
        outages,
        ongoing,
        seconds(lost),
        longest == null
            ? null
            : new OutageSums.Longest(
                Long.toString(longest.longestId()),
                longestStore,
                seconds(BigInteger.valueOf(longest.longest()))),
        recoveries,
        mean(recovering, recoveries),
        intervals,
        mean(between, intervals));
  }

  private static BigDecimal seconds(BigInteger micros) {
    return new BigDecimal(micros, DECIMALS_OF_SECONDS);
  }

  private static @Nullable BigDecimal mean(BigInteger micros, int count) {
    return count == 0
        ? null
        : seconds(micros)
            .divide(BigDecimal.valueOf(count), DECIMALS_OF_SECONDS, RoundingMode.HALF_UP);
  }
}
