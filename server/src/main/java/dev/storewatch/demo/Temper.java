package dev.storewatch.demo;

import dev.storewatch.demo.Dice.Share;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How reliable a store's connection is. */
enum Temper {
  /** Down once or twice in a week, mostly for less than an hour. */
  STEADY(800, 96, 0.08),
  /** Down about once a day. */
  SHAKY(155, 20, 0.2),
  /** Down as often as up. */
  CHRONIC(35, 6, 0.65),
  /** Steady until it went down for good. */
  LOST(10, 96, 0.08);

  private static final List<Share<Temper>> SHARES =
      Arrays.stream(values()).map(temper -> new Share<>(temper.parts, temper)).toList();

  private static final long MINUTE = Micros.HOUR / 60;

  private final int parts;
  private final long meanUp;
  private final double longOutages;

  Temper(int parts, int meanHoursUp, double longOutages) {
    this.parts = parts;
    this.meanUp = meanHoursUp * Micros.HOUR;
    this.longOutages = longOutages;
  }

  static Temper draw(Dice dice) {
    return dice.pickByShare(SHARES);
  }

  /** Returns outages of one store in a period, in order. */
  List<Span> outages(Dice dice, Span period) {
    List<Span> outages = new ArrayList<>();
    long start = period.start() + dice.waiting(meanUp);
    while (start < period.end()) {
      long end = start + outageLength(dice);
      outages.add(new Span(start, end));
      start = end + MINUTE + dice.waiting(meanUp);
    }
    if (this == LOST) {
      outages.add(new Span(period.end() - dice.between(3, 60) * Micros.HOUR, period.end() + 1));
    }
    return outages;
  }

  private long outageLength(Dice dice) {
    return dice.chance(longOutages)
        ? dice.between(2 * Micros.HOUR, 12 * Micros.HOUR)
        : dice.between(8 * MINUTE, 80 * MINUTE);
  }
}
