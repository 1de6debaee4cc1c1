package dev.storewatch.metrics;

import dev.storewatch.importing.Imports;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.Reports;
import dev.storewatch.store.Stores;
import java.time.Clock;
import java.util.OptionalLong;

/**
 * What the database says of the fleet, by queries that are cheap however large it is.
 *
 * @param stores how many stores there are
 * @param reportsQueued how many reports wait
 * @param importsQueued how many files wait to be imported
 * @param newestPollAge how long ago the newest poll that is not after the clock was made, in
 *     seconds; never negative, and not a number without any
 */
record FleetNow(int stores, int reportsQueued, int importsQueued, double newestPollAge) {
  private static final double MICROS_PER_SECOND = 1e6;

  static FleetNow look(Stores stores, Polls polls, Reports reports, Imports imports, Clock clock) {
    long now = Micros.of(clock.instant());
    OptionalLong newest = polls.newest(now);
    double age = newest.isEmpty() ? Double.NaN : (now - newest.getAsLong()) / MICROS_PER_SECOND;
    return new FleetNow(
        stores.registry().count(), reports.countQueued(), imports.countQueued(), age);
  }
}
