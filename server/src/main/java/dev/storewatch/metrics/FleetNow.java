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
 * @param newestPollAge how long ago the newest poll was made, in seconds; not a number without any
 */
record FleetNow(int stores, int reportsQueued, int importsQueued, double newestPollAge) {
  private static final double MICROS_PER_SECOND = 1e6;

  static FleetNow look(Stores stores, Polls polls, Reports reports, Imports imports, Clock clock) {
    OptionalLong newest = polls.newest();
    double age =
        newest.isEmpty()
            ? Double.NaN
            : (Micros.of(clock.instant()) - newest.getAsLong()) / MICROS_PER_SECOND;
    return new FleetNow(
        stores.registry().count(), reports.countQueued(), imports.countQueued(), age);
  }
}
