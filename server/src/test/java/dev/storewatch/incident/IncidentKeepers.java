package dev.storewatch.incident;

import dev.storewatch.Parts;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.channel.Alert;
import dev.storewatch.database.Database;
import dev.storewatch.store.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keepers of incidents for tests. */
public final class IncidentKeepers {
  private IncidentKeepers() {}

  /** Returns a keeper by a clock that a test sets. */
  static IncidentKeeper of(
      Parts parts,
      Deliveries deliveries,
      AlertRules rules,
      Map<String, Boolean> channels,
      InstantSource clock) {
    return IncidentKeeper.open(
        parts.database(),
        parts.stores(),
        parts.polls(),
        deliveries,
        () -> channels,
        rules,
        clock.withZone(ZoneOffset.UTC));
  }

  /** Adds an incident of a store that lasts; returns its id. */
  public static String open(Database database, int key, long id) {
    Finding finding = new Finding(key, Alert.Trouble.DARK, 1_000_000, null);
    return database.inTransaction(
        () -> {
          Incident incident = Incident.of(id, finding, 2_000_000);
          new Incidents(database).add(List.of(incident), false);
          return incident.name();
        });
  }

  /**
   * Keeps and tells of incidents at an instant, and enters a route, mutes and an acknowledgement.
   */
  public static void tell(Parts parts, String channel, Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    IncidentBook book =
        new IncidentBook(parts.database(), parts.stores(), () -> Set.of(channel), clock);
    var _ =
        book.add(
            "user:ann",
            new RouteBody(
                channel,
                List.of("ß"),
                List.of("down", "dark"),
                "PT30M",
                "22:00",
                "07:00",
                "Asia/Kathmandu",
                false));
    var _ = book.mute(null, new MuteBody("s1", null, null, null, "PT2H", "Näme 'q'"));
    var _ = book.mute("key:a", new MuteBody(null, "ß", null, null, "P2D", "x"));
    Map<String, Boolean> channels = Map.of(channel, false, "other", true);
    int _ = of(parts, parts.deliveries(), AlertRules.usual(), channels, clock).look();
    Clock later = Clock.offset(clock, Duration.ofMinutes(5));
    int _ = of(parts, parts.deliveries(), AlertRules.usual(), channels, later).look();
    String id = book.list(Scope.EVERYTHING, "open", null, null, null, 1).getFirst().id();
    var _ = book.acknowledge(Scope.EVERYTHING, "user:ann", id, "Näme 'q'");
  }
}
