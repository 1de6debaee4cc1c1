package dev.storewatch.incident;

import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Deliveries.Order;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Alert.Kind;
import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.interval.Micros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is told of incidents at one look, and to which channels. */
final class Teller {
  /** How long what lasts at opening waits for other stores that open, to be told with them. */
  private static final long DIGEST_WAIT = Micros.of(Duration.ofMinutes(15));

  /** The most outages found late that are told one by one. */
  private static final int FEW = 5;

  private final AlertRules rules;
  private final Facts facts;
  private final Pending pending;
  private final Letters letters;
  private final List<Channel> channels;
  private final List<Mute> mutes;
  private final Map<Long, Map<String, Told>> told = new HashMap<>();
  private final List<Order> orders = new ArrayList<>();

  /**
   * A channel, and what it is told of.
   *
   * @param keepsIncidents whether it keeps what is open itself, so that it needs no digest
   */
  record Channel(String id, boolean keepsIncidents, List<Route> routes) {
    /** Returns the channels with their routes. */
    static List<Channel> of(Map<String, Boolean> keeping, List<Route> routes) {
      return keeping.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(entry -> of(entry.getKey(), entry.getValue(), routes))
          .toList();
    }

    private static Channel of(String id, boolean keeping, List<Route> routes) {
      List<Route> own = routes.stream().filter(route -> route.channel().equals(id)).toList();
      return new Channel(id, keeping, own.isEmpty() ? List.of(Route.ofEverything(id)) : own);
    }
  }

  Teller(
      AlertRules rules,
      Facts facts,
      List<Told> heard,
      Pending pending,
      Letters letters,
      List<Channel> channels,
      List<Mute> mutes) {
    this.rules = rules;
    this.facts = facts;
    this.pending = pending;
    this.letters = letters;
    this.channels = channels;
    this.mutes = mutes;
    for (Told each : heard) {
      told.computeIfAbsent(each.incident(), first -> new HashMap<>()).put(each.channel(), each);
    }
  }

  /** Tells whoever heard of an incident that it is over. */
  void ended(Incident incident) {
    for (Told each : told.getOrDefault(incident.id(), Map.of()).values()) {
      if (channels.stream().anyMatch(channel -> channel.id().equals(each.channel()))) {
        send(letter(incident, Kind.ENDED, null), each.channel());
      }
      pending.changeTold(each.ended(facts.now()));
    }
  }

  /** Tells of an incident that lasts, to whom it may be told now. */
  void lasts(Incident incident, @Nullable Storm storm) {
    if (incident.memberOf() != null) {
      return;
    }
    for (Channel channel : channels) {
      Told known = told.getOrDefault(incident.id(), Map.of()).get(channel.id());
      if (known == null) {
        begin(incident, storm, channel);
      } else {
        goOn(incident, storm, channel, known);
      }
    }
  }

  private void begin(Incident incident, @Nullable Storm storm, Channel channel) {
    if (mayBegin(incident)
        && incident.acknowledged() == null
        && channel.routes().stream().anyMatch(route -> isDue(incident, route))) {
      send(letter(incident, Kind.STARTED, storm), channel.id());
      long now = facts.now();
      pending.addTold(new Told(incident.id(), channel.id(), incident.trouble(), now, now, null));
    }
  }

  /** A group is one of stores that are open. */
  private boolean mayBegin(Incident incident) {
    Integer key = incident.about().store();
    boolean isInHours = key == null || facts.mayTell(key, AlertRules.micros(rules.closingSoon()));
    return isInHours
        && facts.now() - incident.openedAt() >= AlertRules.micros(rules.groupWait())
        && mutes.stream().noneMatch(mute -> isOf(mute, incident));
  }

  private boolean isOf(Mute mute, Incident incident) {
    Integer key = incident.about().store();
    return key == null
        ? mute.isOfGroup(String.valueOf(incident.about().group()))
        : mute.isOfStore(key, facts.registry().tags(key));
  }

  private boolean isDue(Incident incident, Route route) {
    Quiet quiet = route.quiet();
    return route.isOf(incident.trouble(), tags(incident))
        && facts.now() - incident.openedAt() >= Micros.of(route.after())
        && (quiet == null || !quiet.isAt(facts.now()));
  }

  private Set<String> tags(Incident incident) {
    Integer key = incident.about().store();
    if (key != null) {
      return facts.registry().tags(key);
    }
    String group = String.valueOf(incident.about().group());
    return group.startsWith("tag:") ? Set.of(group.substring("tag:".length())) : Set.of();
  }

  private void goOn(Incident incident, @Nullable Storm storm, Channel channel, Told known) {
    boolean isAnother = known.trouble() != incident.trouble();
    boolean isLong =
        channel.keepsIncidents()
            && facts.now() - known.againAt() >= AlertRules.micros(rules.reminder());
    if (isLong || (isAnother && mayBegin(incident))) {
      send(letter(incident, Kind.CONTINUES, storm), channel.id());
      remember(known.again(incident.trouble(), facts.now()));
    }
  }

  private void remember(Told known) {
    pending.changeTold(known);
    told.computeIfAbsent(known.incident(), first -> new HashMap<>()).put(known.channel(), known);
  }

  /** Tells at opening what still lasts since before, many stores in one message. */
  void openings(List<Incident> lasting, IdSource ids) {
    for (Channel channel : channels) {
      Map<Integer, Told> due = new HashMap<>();
      boolean isTime = false;
      for (Incident incident : lasting) {
        Told known = told.getOrDefault(incident.id(), Map.of()).get(channel.id());
        if (known != null && !channel.keepsIncidents() && isOpening(incident, channel, known)) {
          int key = storeOf(incident);
          due.put(key, known);
          isTime |= facts.now() - facts.hours().openedAt(key) >= DIGEST_WAIT;
        }
      }
      if (isTime) {
        digest(channel, due, ids);
      }
    }
  }

  private static int storeOf(Incident incident) {
    Integer key = incident.about().store();
    return key == null ? 0 : key;
  }

  private boolean isOpening(Incident incident, Channel channel, Told known) {
    Integer key = incident.about().store();
    return key != null
        && incident.memberOf() == null
        && facts.hours().isOpen(key)
        && facts.hours().openedAt(key) > known.againAt()
        && mayBegin(incident)
        && channel.routes().stream().anyMatch(route -> route.digest() && isDue(incident, route));
  }

  private void digest(Channel channel, Map<Integer, Told> due, IdSource ids) {
    long first = due.values().stream().mapToLong(Told::at).min().orElse(facts.now());
    Map<Integer, Trouble> troubles = new HashMap<>();
    due.forEach((key, known) -> troubles.put(key, known.trouble()));
    send(letters.digest(ids.next(), troubles, first), channel.id());
    due.values().forEach(known -> remember(known.again(known.trouble(), facts.now())));
  }

  /** Tells once of what was over when it was found. */
  void news(List<Incident> late, IdSource ids) {
    for (Channel channel : channels) {
      List<Incident> own =
          late.stream()
              .filter(incident -> mutes.stream().noneMatch(mute -> isOf(mute, incident)))
              .filter(incident -> !facts.registry().isDeleted(storeOf(incident)))
              .filter(
                  incident ->
                      channel.routes().stream()
                          .anyMatch(route -> route.isOf(incident.trouble(), tags(incident))))
              .toList();
      if (own.size() > FEW) {
        List<Integer> keys = own.stream().map(Teller::storeOf).distinct().toList();
        send(letters.lateNews(ids.next(), own, keys), channel.id());
      } else {
        own.forEach(
            incident ->
                send(letters.ofStore(incident, storeOf(incident), Kind.FOUND_LATE), channel.id()));
      }
    }
  }

  private Alert letter(Incident incident, Kind kind, @Nullable Storm storm) {
    Integer key = incident.about().store();
    return key == null
        ? letters.ofGroup(
            incident,
            storm == null ? Set.of() : storm.stores(),
            storm == null ? 0 : storm.open(),
            kind)
        : letters.ofStore(incident, key, kind);
  }

  private void send(Alert alert, String channel) {
    orders.add(new Order(alert, channel));
  }

  /**
   * Queues what is told, within the caller's transaction.
   *
   * @return how many messages there are
   */
  int queue(Deliveries deliveries) {
    if (!orders.isEmpty()) {
      var _ = deliveries.add(orders);
    }
    return orders.size();
  }

  /** Gives ids to messages that are about no single incident. */
  interface IdSource {
    /** Returns a new one. */
    String next();
  }
}
