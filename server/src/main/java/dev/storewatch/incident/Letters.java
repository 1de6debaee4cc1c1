package dev.storewatch.incident;

import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Alert.Kind;
import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.channel.Subject;
import dev.storewatch.channel.Times;
import dev.storewatch.hours.Zone;
import dev.storewatch.incident.Incident.Ending;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.KeptOutage;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What messages say of incidents, with the names and on the clocks of their stores. */
final class Letters {
  private final AlertRules rules;
  private final Facts facts;

  /** Gives the outage with an id as it is kept now; null if there is none any more. */
  private final Function<Long, @Nullable KeptOutage> outages;

  Letters(AlertRules rules, Facts facts, Function<Long, @Nullable KeptOutage> outages) {
    this.rules = rules;
    this.facts = facts;
    this.outages = outages;
  }

  /** Returns the message that something began, lasts, or is over at a store. */
  Alert ofStore(Incident incident, int key, Kind kind) {
    return alert(incident, kind, subject(key), times(incident, key), note(incident, key));
  }

  /** Returns the message that something began, lasts, or is over at a group of stores. */
  Alert ofGroup(Incident incident, Collection<Integer> keys, int open, Kind kind) {
    String group = String.valueOf(incident.about().group());
    Subject subject = new Subject(named(group), incident.about().stores(), stores(keys));
    return alert(incident, kind, subject, times(incident), groupNote(incident, open));
  }

  private static String named(String group) {
    return group.equals(Incident.About.FLEET) ? "the fleet" : group.replace(":", " ");
  }

  /**
   * Returns the message of what still lasts at stores that open.
   *
   * @param troubles what is wrong at each of them
   * @param first since when the first of them was told of
   */
  Alert digest(String id, Map<Integer, Trouble> troubles, long first) {
    Set<Integer> keys = troubles.keySet();
    boolean isOne = keys.size() == 1;
    return new Alert(
        id,
        Kind.DIGEST,
        troubles.values().iterator().next(),
        isOne
            ? subject(keys.iterator().next())
            : new Subject("at opening", keys.size(), stores(keys)),
        new Times(utc(first), null, elapsed(first, facts.now()), null, null, null),
        null,
        "It was told of before they closed, and still lasts as they open.",
        null);
  }

  /** Returns the message of outages of many stores that were over when they were found. */
  Alert lateNews(String id, List<Incident> incidents, Collection<Integer> keys) {
    long first = incidents.stream().mapToLong(Incident::startedAt).min().orElseThrow();
    long last = incidents.stream().mapToLong(Letters::end).max().orElseThrow();
    return new Alert(
        id,
        Kind.FOUND_LATE,
        Trouble.DOWN,
        new Subject("polls that came late", keys.size(), stores(keys)),
        new Times(utc(first), utc(last), elapsed(first, last), null, null, null),
        null,
        "The outages were over when their polls came.",
        null);
  }

  private static long end(Incident incident) {
    Ending ending = incident.ending();
    return ending == null ? incident.startedAt() : ending.at();
  }

  private Alert alert(
      Incident incident, Kind kind, Subject subject, Times times, @Nullable String note) {
    Ending ending = incident.ending();
    return new Alert(
        incident.name(),
        kind,
        incident.trouble(),
        subject,
        times,
        ending == null ? null : ending.by(),
        note,
        link(incident.name()));
  }

  private @Nullable URI link(String incident) {
    String link = rules.linkTo(incident);
    return link == null ? null : URI.create(link);
  }

  private Subject subject(int key) {
    return Subject.of(facts.registry().id(key), facts.registry().name(key));
  }

  private List<Subject.Store> stores(Collection<Integer> keys) {
    return keys.stream()
        .sorted()
        .limit(Subject.MOST_NAMED)
        .map(key -> new Subject.Store(facts.registry().id(key), facts.registry().name(key)))
        .toList();
  }

  private Times times(Incident incident, int key) {
    Zone zone = facts.registry().zoneInUse(key);
    Ending ending = incident.ending();
    long end = ending == null ? facts.now() : Math.max(incident.startedAt(), ending.at());
    KeptOutage outage = outageOf(incident);
    return new Times(
        local(zone, incident.startedAt()),
        ending == null ? null : local(zone, end),
        elapsed(incident.startedAt(), end),
        incident.isOfUptime() ? null : open(key, incident.startedAt(), end),
        outage == null ? null : open(key, outage.firstDown(), outage.lastDown()),
        outage == null ? null : open(key, lastUp(outage), latestEnd(outage)));
  }

  private @Nullable KeptOutage outageOf(Incident incident) {
    Long id = incident.outage();
    return id == null || incident.trouble() != Trouble.DOWN ? null : outages.apply(id);
  }

  private static long lastUp(KeptOutage outage) {
    return outage.lastUp().orElse(outage.start());
  }

  private long latestEnd(KeptOutage outage) {
    OptionalLong next = outage.nextUp();
    return next.isPresent() ? next.getAsLong() : outage.end().orElse(facts.now());
  }

  private Times times(Incident incident) {
    Ending ending = incident.ending();
    long end = ending == null ? facts.now() : Math.max(incident.startedAt(), ending.at());
    return new Times(
        utc(incident.startedAt()),
        ending == null ? null : utc(end),
        elapsed(incident.startedAt(), end),
        null,
        null,
        null);
  }

  private Duration open(int key, long from, long to) {
    return facts.registry().isDeleted(key)
        ? Duration.ZERO
        : Duration.of(
            facts.hours().openIn(key, new Span(from, Math.max(from, to))), ChronoUnit.MICROS);
  }

  private static Duration elapsed(long from, long to) {
    return Duration.of(Math.max(0, to - from), ChronoUnit.MICROS);
  }

  private static OffsetDateTime local(Zone zone, long instant) {
    return zone.wallClock(Micros.toInstant(instant)).truncatedTo(ChronoUnit.SECONDS);
  }

  private static OffsetDateTime utc(long instant) {
    return Micros.toInstant(instant).atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
  }

  private @Nullable String note(Incident incident, int key) {
    if (incident.isOfUptime() && incident.isOpen()) {
      Double uptime = facts.lowUptimes().get(key);
      return uptime == null
          ? null
          : "Its uptime of the last %s was %.2f %%, less than %s %%."
              .formatted(Durations.format(rules.uptimeWindow()), uptime, rules.uptimeBelow());
    }
    return null;
  }

  private static @Nullable String groupNote(Incident incident, int open) {
    if (!incident.isOpen()) {
      return "What still lasts at single stores is told of each.";
    }
    String of = "%d of %d stores that are open.".formatted(incident.about().stores(), open);
    return incident.trouble() == Trouble.MONITOR
        ? of
            + " As it is most of those that are polled in one way, the polls are more likely wrong"
            + " than the stores:"
            + " nothing is told of single stores until it is over."
        : of + " Nothing is told of the single stores until it is over.";
  }
}
