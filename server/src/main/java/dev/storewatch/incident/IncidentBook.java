package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.database.Database;
import dev.storewatch.incident.Incident.Acknowledgement;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The incidents, routes and mutes of an installation, as people see, enter and end them. */
public final class IncidentBook {
  private static final Set<Trouble> OF_INCIDENTS = EnumSet.complementOf(EnumSet.of(Trouble.NONE));

  private static final int MOST_ROUTES = 1_000;
  private static final int MOST_MUTES = 10_000;
  private static final int LONGEST_TEXT = 500;
  private static final Duration LONGEST_MUTE = Duration.ofDays(366);
  private static final Duration LONGEST_AFTER = Duration.ofDays(7);

  /** How many incidents are read at a time, to find those that the caller may see. */
  private static final int AT_A_TIME = 500;

  private final Incidents incidents;
  private final Recipients recipients;
  private final Stores stores;
  private final Supplier<Set<String>> channels;
  private final Clock clock;

  /**
   * The book of a database.
   *
   * @param channels gives the ids of the channels that there are
   */
  public IncidentBook(
      Database database, Stores stores, Supplier<Set<String>> channels, Clock clock) {
    this.incidents = new Incidents(database);
    this.recipients = new Recipients(database);
    this.stores = stores;
    this.channels = channels;
    this.clock = clock;
  }

  /**
   * Returns incidents, the latest first, and one more than the limit if there are more.
   *
   * @param state {@code open}, {@code ended}, or null for both
   * @param store the id of a store; null for all
   * @param trouble what is wrong; null for all
   * @param after the id of an incident after which they begin; null for the first
   * @throws WrongInput if a word is wrong
   * @throws UnknownStore if there is no such store in the scope
   * @throws UnknownItem if there is no incident of the id {@code after}
   */
  public List<IncidentView> list(
      Scope scope,
      @Nullable String state,
      @Nullable String store,
      @Nullable String trouble,
      @Nullable String after,
      int limit) {
    Registry registry = stores.registry();
    IncidentFilter filter =
        new IncidentFilter(
            state(state),
            store == null ? null : (Integer) key(scope, registry, store),
            trouble == null ? null : trouble(trouble));
    List<IncidentView> found = new ArrayList<>();
    Incident last = after == null ? null : find(scope, registry, after);
    List<Incident> some;
    do {
      some = incidents.latest(last, filter, AT_A_TIME);
      for (Incident each : some) {
        last = each;
        if (isSeen(scope, registry, each) && found.size() <= limit) {
          found.add(IncidentView.of(each, registry, null));
        }
      }
    } while (found.size() <= limit && some.size() == AT_A_TIME);
    return found;
  }

  /** Returns how many incidents last. */
  public long countOpen() {
    return incidents.countOpen();
  }

  private static @Nullable Boolean state(@Nullable String word) {
    return switch (word) {
      case null -> null;
      case "open" -> Boolean.TRUE;
      case "ended" -> Boolean.FALSE;
      default ->
          throw new WrongInput(
              "there is no state '%s' of incidents: use open or ended".formatted(word));
    };
  }

  private static int key(Scope scope, Registry registry, String store) {
    return scope.key(registry, store).orElseThrow(() -> new UnknownStore(store));
  }

  private static Trouble trouble(String word) {
    return OF_INCIDENTS.stream()
        .filter(each -> each.word().equals(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInput(
                    "there is no trouble '%s': use %s"
                        .formatted(
                            word,
                            OF_INCIDENTS.stream()
                                .map(Trouble::word)
                                .collect(Collectors.joining(", ")))));
  }

  /** What is about several stores is told to whoever may see all. */
  private static boolean isSeen(Scope scope, Registry registry, Incident incident) {
    Integer key = incident.about().store();
    return key == null
        ? scope.isEverything()
        : key <= registry.size() && !registry.isDeleted(key) && scope.includes(registry, key);
  }

  private Incident find(Scope scope, Registry registry, String id) {
    return number(id)
        .flatMap(incidents::find)
        .filter(each -> isSeen(scope, registry, each))
        .orElseThrow(() -> new UnknownItem("incident", id));
  }

  private static Optional<Long> number(String id) {
    return id.matches("\\d{1,19}") && new BigInteger(id).bitLength() < Long.SIZE
        ? Optional.of(Long.valueOf(id))
        : Optional.empty();
  }

  /**
   * Returns an incident, with the channels that heard of it.
   *
   * @throws UnknownItem if there is none in the scope
   */
  public IncidentView get(Scope scope, String id) {
    Registry registry = stores.registry();
    Incident incident = find(scope, registry, id);
    // Channels are of those who may see all stores.
    return IncidentView.of(
        incident, registry, scope.isEverything() ? incidents.told(incident.id()) : null);
  }

  /**
   * Notes that somebody knows of an incident: it is told to nobody else, and again at opening
   * alone. Its end is told as ever.
   *
   * @param by who; null for somebody without a name
   * @param note what they say, if anything
   * @throws UnknownItem if there is none in the scope
   * @throws WrongInput if it is over, or the note is too long
   */
  public IncidentView acknowledge(
      Scope scope, @Nullable String by, String id, @Nullable String note) {
    Incident incident = find(scope, stores.registry(), id);
    String said = note == null || note.isBlank() ? null : text("note", note);
    Acknowledgement known = new Acknowledgement(Micros.of(clock.instant()), by, said);
    if (!incidents.acknowledge(incident.id(), known)) {
      throw new WrongInput(
          "the incident %s is over: only one that lasts is acknowledged".formatted(id));
    }
    return get(scope, id);
  }

  private static String text(String field, String given) {
    String text = given.strip();
    if (text.isEmpty()
        || text.length() > LONGEST_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new WrongInput(
          "%s is empty, or has more than %d characters, or a control character"
              .formatted(field, LONGEST_TEXT));
    }
    return text;
  }

  /** Returns the routes in the order in which they were entered. */
  public List<RouteView> routes() {
    return recipients.routes().stream().map(RouteView::of).toList();
  }

  /**
   * Enters a route. A channel that has routes is told of nothing else.
   *
   * @param by who does; null for somebody without a name
   * @throws WrongInput if something is missing or wrong, or there are too many
   */
  public RouteView add(@Nullable String by, RouteBody body) {
    String channel = body.channel();
    if (channel == null || !channels.get().contains(channel)) {
      throw new WrongInput(
          "channel is %s, which is no channel: use the id of one, as GET /api/v1/channels lists them"
              .formatted(channel == null ? "missing" : "'" + channel + "'"));
    }
    if (recipients.routes().size() >= MOST_ROUTES) {
      throw new WrongInput(
          "there are %d routes, the most that may be: delete one first".formatted(MOST_ROUTES));
    }
    Route route =
        new Route(
            UUID.randomUUID().toString(),
            channel,
            StoreDetails.checkTags(body.tags() == null ? List.of() : body.tags()),
            body.troubles() == null
                ? List.of()
                : body.troubles().stream().map(IncidentBook::trouble).distinct().toList(),
            after(body.after()),
            Quiet.parse(body.quietFrom(), body.quietTo(), body.quietZone()),
            !Boolean.FALSE.equals(body.digest()),
            now(),
            by);
    recipients.add(route);
    return RouteView.of(route);
  }

  private static Duration after(@Nullable String text) {
    Duration after = text == null ? Duration.ZERO : Durations.parse("after", text, "PT30M");
    if (after.isNegative() || after.compareTo(LONGEST_AFTER) > 0) {
      throw new WrongInput(
          "after is %s: use a duration up to P7D, for example PT30M".formatted(text));
    }
    return after;
  }

  /**
   * Deletes a route.
   *
   * @throws UnknownItem if there is none
   */
  public void deleteRoute(String id) {
    if (!recipients.deleteRoute(id)) {
      throw new UnknownItem("route", id);
    }
  }

  /** Returns the mutes that have not ended, in the order in which they were entered. */
  public List<MuteView> mutes() {
    Registry registry = stores.registry();
    return recipients.mutes(Micros.of(clock.instant())).stream()
        .map(mute -> MuteView.of(mute, registry))
        .toList();
  }

  /**
   * Enters a mute.
   *
   * @param by who does; null for somebody without a name
   * @throws WrongInput if something is missing or wrong, or there are too many
   * @throws UnknownStore if there is no such store
   */
  public MuteView mute(@Nullable String by, MuteBody body) {
    Registry registry = stores.registry();
    int said =
        (body.storeId() == null ? 0 : 1)
            + (body.tag() == null ? 0 : 1)
            + (Boolean.TRUE.equals(body.all()) ? 1 : 0);
    if (said != 1) {
      throw new WrongInput(
          "a mute is of one of store_id, tag and all: send for example {\"tag\": \"west\","
              + " \"lasting\": \"PT2H\", \"reason\": \"new router\"}");
    }
    if (recipients.mutes(Micros.of(clock.instant())).size() >= MOST_MUTES) {
      throw new WrongInput(
          "there are %d mutes, the most that may be: end one first".formatted(MOST_MUTES));
    }
    Mute mute =
        new Mute(
            UUID.randomUUID().toString(),
            body.storeId() == null
                ? null
                : (Integer) key(Scope.EVERYTHING, registry, body.storeId()),
            body.tag() == null ? null : StoreDetails.checkTags(List.of(body.tag())).getFirst(),
            Micros.of(until(body)),
            text("reason", body.reason() == null ? "" : body.reason()),
            now(),
            by);
    recipients.add(mute);
    return MuteView.of(mute, registry);
  }

  private Instant until(MuteBody body) {
    if ((body.until() == null) == (body.lasting() == null)) {
      throw new WrongInput(
          "a mute needs an end: until an instant such as 2026-12-01T06:00:00Z, or lasting a time"
              + " such as PT2H");
    }
    Instant until =
        body.until() == null
            ? now().plus(Durations.parse("lasting", String.valueOf(body.lasting()), "PT2H"))
            : InstantReader.parameter(body.until())
                .orElseThrow(
                    () ->
                        new WrongInput(
                            "until is '%s', which is not an instant: use for example 2026-12-01T06:00:00Z"
                                .formatted(body.until())));
    if (!until.isAfter(now()) || until.isAfter(now().plus(LONGEST_MUTE))) {
      throw new WrongInput(
          "the mute would end at %s: use an instant after now, and within %d days"
              .formatted(until, LONGEST_MUTE.toDays()));
    }
    return until;
  }

  /**
   * Ends a mute now.
   *
   * @throws UnknownItem if there is none that has not ended
   */
  public MuteView endMute(String id) {
    if (!recipients.endMute(id, Micros.of(clock.instant()))) {
      throw new UnknownItem("mute that has not ended", id);
    }
    return MuteView.of(
        recipients.mute(id).orElseThrow(() -> new UnknownItem("mute", id)), stores.registry());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
