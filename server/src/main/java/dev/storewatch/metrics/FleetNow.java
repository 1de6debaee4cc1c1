package dev.storewatch.metrics;

import dev.storewatch.alert.Deliveries;
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
 * @param alertsQueued how many messages wait for their channels
 * @param alertsDead how many messages are not sent any more
 * @param newestPollAge how long ago the newest poll that is not after the clock was made, in
 *     seconds; never negative, and not a number without any
 */
record FleetNow(
    int stores,
    int reportsQueued,
    int importsQueued,
    long alertsQueued,
    long alertsDead,
    double newestPollAge) {
  private static final double MICROS_PER_SECOND = 1e6;

  static FleetNow look(
      Stores stores,
      Polls polls,
      Reports reports,
      Imports imports,
      Deliveries deliveries,
      Clock clock) {
    long now = Micros.of(clock.instant());
    OptionalLong newest = polls.newest(now);
    double age = newest.isEmpty() ? Double.NaN : (now - newest.getAsLong()) / MICROS_PER_SECOND;
    Deliveries.Load alerts =
        deliveries.loads().values().stream().reduce(Deliveries.Load.NONE, Deliveries.Load::plus);
    return new FleetNow(
        stores.registry().count(),
        reports.countQueued(),
        imports.countQueued(),
        alerts.waiting(),
        alerts.dead(),
        age);
  }
}
