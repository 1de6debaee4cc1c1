package dev.storewatch.incident;

import dev.storewatch.alert.Deliveries;
import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.incident.Incident.Ending;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.outage.KeptOutage;
import dev.storewatch.outage.Outages;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What keeps incidents and has them told: each look compares what is wrong now with what is open,
 * and queues the messages about the difference, in one transaction.
 */
public final class IncidentKeeper {
  /** The turn of whatever changes incidents, in all processes. */
  static final String TURN = "incident";

  private final Database database;
  private final Stores stores;
  private final Outages outages;
  private final Incidents incidents;
  private final Recipients recipients;
  private final Deliveries deliveries;
  private final Supplier<Map<String, Boolean>> channels;
  private final LowUptimes lowUptimes;
  private final AlertRules rules;
  private final Clock clock;
  private final OpenNow hours;
  private final Polls allPolls;
  private final LastPolls polls;

  /** One look at a time: what is remembered of stores is not for several threads. */
  private final ReentrantLock looking = new ReentrantLock();

  /**
   * A keeper of the incidents of a database.
   *
   * @param channels gives the ids of the channels that there are, and whether each keeps incidents
   *     itself
   */
  IncidentKeeper(
      Database database,
      Stores stores,
      Polls polls,
      LateClose lateClose,
      Deliveries deliveries,
      Supplier<Map<String, Boolean>> channels,
      LowUptimes lowUptimes,
      AlertRules rules,
      Clock clock) {
    this.database = database;
    this.stores = stores;
    this.outages = new Outages(database);
    this.incidents = new Incidents(database);
    this.recipients = new Recipients(database);
    this.deliveries = deliveries;
    this.channels = channels;
    this.lowUptimes = lowUptimes;
    this.rules = rules;
    this.clock = clock;
    this.hours = new OpenNow(lateClose);
    this.allPolls = polls;
    this.polls = new LastPolls(polls, new Revisions(database));
  }

  /**
   * Returns a keeper that reads closing times as they are given and knows no rule of uptime, for
   * measurements.
   *
   * @param channels gives the ids of the channels that there are, and whether each keeps incidents
   *     itself
   */
  public static IncidentKeeper open(
      Database database,
      Stores stores,
      Polls polls,
      Deliveries deliveries,
      Supplier<Map<String, Boolean>> channels,
      AlertRules rules,
      Clock clock) {
    return new IncidentKeeper(
        database,
        stores,
        polls,
        LateClose.AS_GIVEN,
        deliveries,
        channels,
        LowUptimes.NONE,
        rules,
        clock);
  }

  /**
   * Looks at all stores once.
   *
   * @return how many messages were queued
   */
  public int look() {
    looking.lock();
    try {
      Map<Integer, Double> low = lowUptimes.at(Micros.of(clock.instant()));
      return database.exclusively(TURN, () -> new Look(Micros.of(clock.instant()), low).run());
    } finally {
      looking.unlock();
    }
  }

  private static long newId() {
    return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
  }

  /** All of it at one instant. */
  private final class Look {
    private final long now;
    private final Incidents.Current current;
    private final Facts facts;
    private final Troubles troubles;
    private final Map<Integer, Incident> states = new HashMap<>();
    private final Map<Integer, Incident> uptimes = new HashMap<>();
    private final Map<String, Incident> groups = new HashMap<>();
    private final List<Incident> ended = new ArrayList<>();
    private final Pending pending = new Pending();
    private final Map<Long, KeptOutage> known = new HashMap<>();

    Look(long now, Map<Integer, Double> low) {
      this.now = now;
      this.current = incidents.current();
      this.facts = facts(low);
      this.troubles = new Troubles(rules, facts, this::countInactive);
    }

    private Facts facts(Map<Integer, Double> low) {
      Registry registry = stores.registry();
      hours.look(registry, now);
      polls.follow(registry.size(), now);
      Map<Integer, KeptOutage> ongoing = new HashMap<>();
      for (KeptOutage outage : outages.ongoing()) {
        ongoing.put(outage.store(), outage);
        known.put(outage.id(), outage);
      }
      known.putAll(outages.find(ended(current.open())));
      long window = now - AlertRules.micros(rules.flapWindow());
      return new Facts(registry, now, hours, polls, ongoing, outages.begunSince(window), low);
    }

    private int countInactive(KeptOutage outage) {
      SpanSet open = hours.openTimes(outage.store(), new Span(outage.firstDown(), now + 1));
      int[] count = {0};
      allPolls.scan(
          new Span(outage.firstDown(), now + 1),
          outage.store(),
          outage.store(),
          (store, poll) -> {
            if (!PackedPoll.isActive(poll) && open.contains(PackedPoll.at(poll))) {
              count[0]++;
            }
          });
      return count[0];
    }

    int run() {
      for (Incident each : current.open()) {
        Integer key = each.about().store();
        if (key == null) {
          groups.put(String.valueOf(each.about().group()), each);
        } else {
          (each.isOfUptime() ? uptimes : states).put(key, each);
        }
      }
      for (int key = 1; key <= facts.registry().size(); key++) {
        compare(key, states, troubles.of(key, states.get(key)));
        compare(key, uptimes, troubles.uptimeOf(key, uptimes.get(key)));
      }
      Map<String, Storm> storms = storms();
      return tell(storms, current.late());
    }

    /** Returns which outages of some incidents do not go on. */
    private List<Long> ended(List<Incident> incidents) {
      return incidents.stream()
          .map(Incident::outage)
          .filter(Objects::nonNull)
          .filter(outage -> !known.containsKey(outage))
          .toList();
    }

    private void compare(int key, Map<Integer, Incident> open, @Nullable Finding finding) {
      Incident before = open.get(key);
      if (finding == null) {
        if (before != null) {
          open.remove(key);
          end(before.ended(ending(before, key)));
        }
      } else if (before == null) {
        if (facts.hours().isOpen(key)) {
          Incident begun = Incident.of(newId(), finding, now);
          pending.add(begun);
          open.put(key, begun);
        }
      } else if (isOther(before, finding)) {
        Incident other = before.as(finding);
        pending.change(other);
        open.put(key, other);
      }
    }

    private boolean isOther(Incident known, Finding finding) {
      return known.trouble() != finding.trouble()
          || finding.since() != known.startedAt()
          || !Objects.equals(known.outage(), finding.outage());
    }

    private void end(Incident incident) {
      pending.change(incident);
      ended.add(incident);
    }

    private Ending ending(Incident known, int key) {
      if (facts.registry().isDeleted(key)) {
        return ending(known, key, now, "the store was deleted");
      }
      return switch (known.trouble()) {
        case DOWN -> endOfOutage(known);
        case NOT_OPENED -> ending(known, key, polls.activeOf(key), "an active poll");
        case DARK -> ending(known, key, polls.of(key), "a poll");
        case FLAPPING ->
            ending(
                known,
                key,
                now,
                "no outage has begun for %s".formatted(Durations.format(rules.flapWindow())));
        case LOW_UPTIME -> ending(known, key, now, "its uptime is high enough again");
        case MONITOR, NONE -> ending(known, key, now, "polls as usual");
      };
    }

    private Ending endOfOutage(Incident incident) {
      KeptOutage outage = outage(incident.outage());
      if (outage == null || outage.end().isEmpty()) {
        return new Ending(incident.startedAt(), now, "polls that came late: it was not down", 0);
      }
      return new Ending(
          outage.end().getAsLong(), now, LateNews.words(outage.endedBy()), outage.openMicros());
    }

    private @Nullable KeptOutage outage(@Nullable Long id) {
      return id == null ? null : known.get(id);
    }

    private Ending ending(Incident known, int key, long at, String by) {
      long end = at == LastPolls.NEVER ? now : Math.max(known.startedAt(), at);
      long open =
          facts.registry().isDeleted(key)
              ? 0
              : facts.hours().openIn(key, new Span(known.startedAt(), end));
      return new Ending(end, now, by, open);
    }

    /** Brings the incidents of groups up to date, and says of which each store is part. */
    private Map<String, Storm> storms() {
      Map<String, Storm> found = new HashMap<>();
      for (Storm storm : new Storms(rules, facts).find(List.copyOf(groups.values()))) {
        found.put(storm.group(), storm);
        Incident known = groups.get(storm.group());
        Incident is = known == null ? Incident.of(newId(), storm, now) : known.as(storm);
        if (known == null) {
          pending.add(is);
        } else if (!is.equals(known)) {
          pending.change(is);
        }
        groups.put(storm.group(), is);
      }
      for (Incident over : List.copyOf(groups.values())) {
        String group = String.valueOf(over.about().group());
        if (!found.containsKey(group)) {
          groups.remove(group);
          end(over.ended(new Ending(now, now, "it is few stores now", 0)));
        }
      }
      states.replaceAll((key, incident) -> inStorm(key, incident, found));
      return found;
    }

    private Incident inStorm(int key, Incident incident, Map<String, Storm> found) {
      Long group =
          found.values().stream()
              .filter(storm -> storm.stores().contains(key))
              .map(storm -> groups.get(storm.group()))
              .filter(Objects::nonNull)
              .map(Incident::id)
              .findFirst()
              .orElse(null);
      if (Objects.equals(group, incident.memberOf())) {
        return incident;
      }
      Incident moved = incident.memberOf(group);
      pending.change(moved);
      return moved;
    }

    private int tell(Map<String, Storm> storms, List<Incident> late) {
      if (ended.isEmpty()
          && groups.isEmpty()
          && states.isEmpty()
          && uptimes.isEmpty()
          && late.isEmpty()) {
        return 0;
      }
      Letters letters = new Letters(rules, facts, this::outage);
      Teller teller =
          new Teller(
              rules,
              facts,
              incidents.told(),
              pending,
              letters,
              Teller.Channel.of(channels.get(), recipients.routes()),
              recipients.mutes(now));
      ended.forEach(teller::ended);
      groups.forEach((name, incident) -> teller.lasts(incident, storms.get(name)));
      List<Incident> lasting = new ArrayList<>(states.values());
      lasting.addAll(uptimes.values());
      teller.openings(lasting, () -> Long.toString(newId()));
      lasting.forEach(incident -> teller.lasts(incident, null));
      if (!late.isEmpty()) {
        teller.news(late, () -> Long.toString(newId()));
        incidents.noNews();
      }
      incidents.write(pending);
      return teller.queue(deliveries);
    }
  }
}
