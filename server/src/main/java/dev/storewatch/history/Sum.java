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

  /** Below this a sum stays when a store is added to it. */
  private static final long MUCH = 1L << 62;

  private final long[] sums = new long[WindowTotals.FIELDS];

  /** What is too much for one number. */
  private final BigInteger[] more = new BigInteger[WindowTotals.FIELDS];

  private int stores;

  /** The sum of nothing. */
  public Sum() {
    Arrays.fill(more, BigInteger.ZERO);
  }

  /** Returns the sums of one store. */
  static Sum of(WindowTotals totals) {
    Sum sum = new Sum();
    sum.add(totals);
    return sum;
  }

  /** Adds a store. */
  void add(WindowTotals totals) {
    add(0, totals.scheduled());
    add(1, totals.up());
    add(2, totals.down());
    add(3, totals.unknown());
    add(4, totals.excluded());
    add(5, totals.surelyUp());
    add(6, totals.surelyDown());
    add(7, totals.polls());
    stores++;
  }

  private void add(int field, long value) {
    sums[field] += value;
    if (sums[field] >= MUCH) {
      more[field] = get(field);
      sums[field] = 0;
    }
  }

  private BigInteger get(int field) {
    return more[field].add(BigInteger.valueOf(sums[field]));
  }

  int stores() {
    return stores;
  }

  BigInteger scheduled() {
    return get(0);
  }

  BigInteger up() {
    return get(1);
  }

  BigInteger down() {
    return get(2);
  }

  BigInteger unknown() {
    return get(3);
  }

  BigInteger excluded() {
    return get(4);
  }

  BigInteger upAtLeast() {
    return get(5);
  }

  BigInteger upAtMost() {
    return available().subtract(get(6));
  }

  BigInteger polls() {
    return get(7);
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
