package dev.storewatch.bench;

import dev.storewatch.alert.Deliveries;
import dev.storewatch.hours.LateClose;
import dev.storewatch.incident.AlertRules;
import dev.storewatch.incident.IncidentKeeper;
import dev.storewatch.outage.OutageTracker;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** What follows the polls of an installation, as a server does, and by a clock that is played. */
final class Followers {
  private final OutageTracker outages;
  private final IncidentKeeper incidents;

  Followers(Installed installed, InstantSource now) {
    Clock clock = now.withZone(ZoneOffset.UTC);
    outages =
        new OutageTracker(
            installed.database(),
            installed.stores(),
            installed.polls(),
            LateClose.AS_GIVEN,
            clock,
            List.of());
    // It tells a channel of everything, which does not exist: what is queued counts here.
    incidents =
        IncidentKeeper.open(
            installed.database(),
            installed.stores(),
            installed.polls(),
            Deliveries.open(installed.database(), clock),
            () -> Map.of("measured", false),
            AlertRules.usual(),
            clock);
  }

  /** Finds outages, and returns how many were found, ended or corrected. */
  long findOutages() {
    return outages.update();
  }

  /** Keeps incidents, and returns how many messages were queued. */
  int keepIncidents() {
    return incidents.look();
  }
}
