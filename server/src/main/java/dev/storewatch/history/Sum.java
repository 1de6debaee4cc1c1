package dev.storewatch.history;

import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The sums of the times of stores: of many in ten years they are too much for one number. */
public final class Sum {
  private static final int DECIMALS_OF_SECONDS = 6;

  private final BigInteger[] sums = new BigInteger[WindowTotals.FIELDS];
  private int stores;

  /** The sum of nothing. */
  public Sum() {
    Arrays.fill(sums, BigInteger.ZERO);
  }

  /** Returns the sums of one store. */
  static Sum of(WindowTotals totals) {
    Sum sum = new Sum();
    sum.add(totals);
    return sum;
  }

  /** Adds a store. */
  void add(WindowTotals totals) {
    long[] fields = {
      totals.scheduled(),
      totals.up(),
      totals.down(),
      totals.unknown(),
      totals.excluded(),
      totals.surelyUp(),
      totals.surelyDown(),
      totals.polls()
    };
    for (int field = 0; field < fields.length; field++) {
      sums[field] = sums[field].add(BigInteger.valueOf(fields[field]));
    }
    stores++;
  }

  int stores() {
    return stores;
  }

  BigInteger scheduled() {
    return sums[0];
  }

  BigInteger up() {
    return sums[1];
  }

  BigInteger down() {
    return sums[2];
  }

  BigInteger unknown() {
    return sums[3];
  }

  BigInteger excluded() {
    return sums[4];
  }

  BigInteger upAtLeast() {
    return sums[5];
  }

  BigInteger upAtMost() {
    return available().subtract(sums[6]);
  }

  BigInteger polls() {
    return sums[7];
  }

  private BigInteger available() {
    return scheduled().subtract(excluded());
  }

  /** Returns up in up and down together; null if both are zero. */
  @Nullable BigDecimal percent() {
    return percent(up(), down());
  }

  /** Returns the least share of up time that is possible; null if no time was open. */
  @Nullable BigDecimal percentAtLeast() {
    return percent(upAtLeast(), available().subtract(upAtLeast()));
  }

  /** Returns the greatest share of up time that is possible; null if no time was open. */
  @Nullable BigDecimal percentAtMost() {
    return percent(upAtMost(), available().subtract(upAtMost()));
  }

  private static @Nullable BigDecimal percent(BigInteger part, BigInteger rest) {
    OptionalLong hundredths = Figures.hundredthsOfPercent(part, rest);
    return hundredths.isEmpty() ? null : BigDecimal.valueOf(hundredths.getAsLong(), 2);
  }

  static BigDecimal seconds(BigInteger micros) {
    return new BigDecimal(micros, DECIMALS_OF_SECONDS);
  }
}
