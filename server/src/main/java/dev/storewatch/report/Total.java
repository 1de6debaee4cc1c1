package dev.storewatch.report;

import dev.storewatch.csv.RowFigures;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.csv.Sums;
import dev.storewatch.store.Groups;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.math.BigInteger;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The sums over several stores, window by window: those of a report that its reader may see, or
 * those of them with a tag.
 */
public final class Total implements Sums {
  /**
   * A sum of times is kept in two numbers, of which the lower stays below this. All times of a
   * million stores in some months are too much for one.
   */
  private static final int LOW_BITS = 62;

  private final Groups.Group group;
  private final long[] low;
  private final long[] high;

  /** The earliest start and the latest end of each window. */
  private final long[] ends;

  private int stores;

  Total(Groups.Group group, int windows) {
    this.group = group;
    this.low = new long[windows * WindowTotals.FIELDS];
    this.high = new long[low.length];
    this.ends = new long[2 * windows];
  }

  /** Adds what is said of a store, as {@link RowWriter#row} gets it. */
  void add(long[] totals, int offset, long[] ofStore, int firstEnd) {
    for (int i = 0; i < low.length; i++) {
      low[i] += totals[offset + i]; // below 2^62 both
      high[i] += low[i] >>> LOW_BITS;
      low[i] &= (1L << LOW_BITS) - 1;
    }
    for (int i = 0; i < ends.length; i += 2) {
      long start = ofStore[firstEnd + i];
      long end = ofStore[firstEnd + i + 1];
      ends[i] = stores == 0 ? start : Math.min(ends[i], start);
      ends[i + 1] = stores == 0 ? end : Math.max(ends[i + 1], end);
    }
    stores++;
  }

  @Override
  public String word() {
    return group.word();
  }

  @Override
  public @Nullable String by() {
    return group.by();
  }

  @Override
  public @Nullable String tag() {
    return group.tag();
  }

  @Override
  public int stores() {
    return stores;
  }

  @Override
  public long start(int window) {
    return ends[2 * window];
  }

  @Override
  public long end(int window) {
    return ends[2 * window + 1];
  }

  @Override
  public RowFigures figures(int window) {
    BigInteger scheduled = sum(window, 0);
    BigInteger up = sum(window, WindowTotals.UP);
    BigInteger down = sum(window, WindowTotals.DOWN);
    BigInteger excluded = sum(window, 4);
    OptionalLong percent = Figures.hundredthsOfPercent(up, down);
    return new RowFigures(
        Figures.hundredthsOfMinutes(scheduled),
        Figures.hundredthsOfMinutes(up),
        Figures.hundredthsOfMinutes(down),
        Figures.hundredthsOfMinutes(sum(window, 3)),
        Figures.hundredthsOfMinutes(excluded),
        percent,
        Figures.hundredthsOfMinutes(sum(window, 5)),
        Figures.hundredthsOfMinutes(scheduled.subtract(excluded).subtract(sum(window, 6))),
        sum(window, 7).longValueExact());
  }

  /** Returns the sum of a field of {@link WindowTotals}, counted from 0. */
  private BigInteger sum(int window, int field) {
    int i = window * WindowTotals.FIELDS + field;
    return BigInteger.valueOf(high[i]).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low[i]));
  }
}
