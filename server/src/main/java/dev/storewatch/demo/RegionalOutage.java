package dev.storewatch.demo;

import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A failure of a network or a power grid that takes most stores of one zone down for some hours of
 * the day.
 *
 * @param zone the zone it strikes
 * @param span when, give or take some minutes for each store
 */
record RegionalOutage(Zone zone, Span span) {
  private static final double STRUCK = 0.6;
  private static final long DAYS_APART = 8;

  /** Draws one for every eight days begun, the latest one to five days before the end. */
  static List<RegionalOutage> draw(Dice dice, Fleet fleet) {
    return LongStream.range(0, Math.ceilDiv(fleet.days(), DAYS_APART))
        .mapToObj(i -> draw(dice, i * DAYS_APART + dice.between(1, Math.min(fleet.days(), 5) + 1)))
        .toList();
  }

  /** The polls end at noon of the middle of the USA, so whole days before are business hours. */
  private static RegionalOutage draw(Dice dice, long daysBeforeEnd) {
    Zone zone = Zones.drawLarge(dice);
    long start = Fleet.end() - daysBeforeEnd * Micros.DAY - dice.between(0, 2 * Micros.HOUR);
    long length = dice.between(3 * Micros.HOUR, 6 * Micros.HOUR);
    return new RegionalOutage(zone, new Span(start, start + length));
  }

  /** Returns when the outage takes a store down, if it does. */
  Optional<Span> at(Storefront store, Dice dice) {
    if (!zone.equals(store.zone()) || !dice.chance(STRUCK)) {
      return Optional.empty();
    }
    return Optional.of(
        new Span(
            span.start() + dice.between(0, Micros.HOUR / 6),
            span.end() + dice.between(0, Micros.HOUR)));
  }
}
