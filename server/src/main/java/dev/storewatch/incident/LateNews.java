package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.database.Database;
import dev.storewatch.outage.KeptOutage;
import dev.storewatch.outage.OutageChange;
import dev.storewatch.outage.OutageListener;
import dev.storewatch.outage.Outages;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Keeps outages that were over when they were found, because their polls came late, as incidents to
 * be told of once: those that would have been told had they been known in time, and that are not so
 * old that they are history.
 */
public final class LateNews implements OutageListener {
  private final Incidents incidents;
  private final Outages outages;
  private final AlertRules rules;

  /** The listener for the outages of a database. */
  public LateNews(Database database, AlertRules rules) {
    this.incidents = new Incidents(database);
    this.outages = new Outages(database);
    this.rules = rules;
  }

  @Override
  public void changed(List<OutageChange> changes, long now) {
    if (!outages.areFollowed()) {
      return; // what is found the first time is history
    }
    incidents.add(
        changes.stream()
            .filter(change -> change.kind() == OutageChange.Kind.FOUND_LATE)
            .map(OutageChange::after)
            .flatMap(Stream::ofNullable)
            .filter(outage -> isNews(outage, now))
            .map(outage -> incident(outage, now))
            .toList(),
        true);
  }

  private boolean isNews(KeptOutage outage, long now) {
    boolean isLong =
        outage.openMicros() >= AlertRules.micros(rules.downFor())
            || outage.lastDown() > outage.firstDown()
            || rules.downPolls() == 1;
    return isLong && now - outage.end().orElse(now) <= AlertRules.micros(rules.lateNews());
  }

  private static Incident incident(KeptOutage outage, long now) {
    long id = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    Finding finding = new Finding(outage.store(), Trouble.DOWN, outage.start(), outage.id());
    return Incident.of(id, finding, now)
        .ended(
            new Incident.Ending(
                outage.end().orElse(now), now, words(outage.endedBy()), outage.openMicros()));
  }

  /** Returns what ended an outage, in words. */
  static String words(KeptOutage.EndedBy endedBy) {
    return endedBy == KeptOutage.EndedBy.RECOVERY
        ? "an active poll"
        : "silence: nothing is known of the time after it";
  }
}
