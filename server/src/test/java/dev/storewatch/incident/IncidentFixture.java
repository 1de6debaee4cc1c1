package dev.storewatch.incident;

import dev.storewatch.TestFolder;
import dev.storewatch.alert.Deliveries;
import dev.storewatch.alert.Delivery;
import dev.storewatch.channel.Alert;
import dev.storewatch.hours.LateClose;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Micros;
import dev.storewatch.outage.OutageTracker;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A fleet whose polls, clock and keepers a test has in its hand. */
final class IncidentFixture implements AutoCloseable {
  /** A channel that is a chat, so to say. */
  static final String CHAT = "chat";

  /** A channel that keeps incidents itself. */
  static final String PAGER = "pager";

  /** The usual rules for fleets that a test does not poll all the time. */
  static final AlertRules WITHOUT_DARK = rules(Duration.ZERO, 3);

  final TestFolder folder;
  private AlertRules rules = AlertRules.usual();
  private Map<String, Boolean> channels = new TreeMap<>(Map.of(CHAT, false));
  private final Deliveries deliveries;
  private OutageTracker tracker;
  private IncidentKeeper keeper;

  /** Read by the threads that send messages. */
  private volatile Instant now;

  IncidentFixture(Path path, String start) throws IOException {
    folder = new TestFolder(path);
    now = Instant.parse(start);
    deliveries = Deliveries.open(folder.database(), clock());
    tracker = tracker();
    keeper = keeper();
  }

  /** Returns the usual rules but for two of them. */
  static AlertRules rules(Duration dark, int flaps) {
    AlertRules usual = AlertRules.usual();
    return new AlertRules(
        usual.downPolls(),
        usual.downFor(),
        usual.lateOpening(),
        dark,
        usual.closingSoon(),
        flaps,
        usual.flapWindow(),
        usual.groupWait(),
        usual.manyStores(),
        usual.manyPercent(),
        usual.stormWindow(),
        usual.uptimeBelow(),
        usual.uptimeWindow(),
        usual.lateNews(),
        usual.reminder(),
        usual.lookEvery(),
        "https://watch.example.com/{id}");
  }

  /** Begins anew with what is kept alone, as after a restart. */
  void restart() {
    tracker = tracker();
    keeper = keeper();
  }

  Clock clock() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }

  private OutageTracker tracker() {
    return new OutageTracker(
        folder.database(),
        folder.stores(),
        folder.polls(),
        LateClose.AS_GIVEN,
        clock(),
        List.of(new LateNews(folder.database(), rules)));
  }

  /** Returns another keeper of the same incidents, as a second server has one. */
  IncidentKeeper keeper() {
    return IncidentKeepers.of(folder.parts(), deliveries, rules, channels, () -> now);
  }

  IncidentBook book() {
    return new IncidentBook(
        folder.database(), folder.stores(), () -> Set.copyOf(channels.keySet()), clock());
  }

  IncidentFixture with(AlertRules others) {
    rules = others;
    restart();
    return this;
  }

  IncidentFixture with(Map<String, Boolean> others) {
    channels = new TreeMap<>(others);
    restart();
    return this;
  }

  /** Adds a store that is open from one time of day to another on all days, in Chicago. */
  void store(String id, String opens, String closes, String tag) throws IOException {
    StringBuilder hours = new StringBuilder("store_id,day,start_time_local,end_time_local\n");
    for (int day = 0; day < 7; day++) {
      hours.append("%s,%d,%s,%s\n".formatted(id, day, opens, closes));
    }
    var _ = folder.importText(hours.toString());
    var _ = folder.importText("store_id,timezone_str\n%s,America/Chicago\n".formatted(id));
    if (!tag.isEmpty()) {
      var _ = folder.importText("store_id,tag\n%s,%s\n".formatted(id, tag));
    }
  }

  /** Imports polls, each {@code store status instant}. */
  void polls(List<String> some) throws IOException {
    if (!some.isEmpty()) {
      var _ = folder.importText(file(some));
    }
  }

  /** Imports polls as from an address that is pulled. */
  void pull(String source, List<String> some) throws IOException {
    var _ = folder.importFrom(ImportRun.PULLED + source, file(some));
  }

  private static String file(List<String> polls) {
    StringBuilder rows = new StringBuilder("store_id,status,timestamp_utc\n");
    for (String each : polls) {
      rows.append(each.replace(' ', ',')).append('\n');
    }
    return rows.toString();
  }

  void poll(String store, String status, String at) throws IOException {
    polls(List.of("%s %s %s".formatted(store, status, at)));
  }

  Instant now() {
    return now;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /** Moves the clock on, and looks at nothing. */
  void passes(Duration time) {
    now = now.plus(time);
  }

  /** Sets the clock and looks, without looks in between. */
  void look(Instant at) {
    now = at;
    long _ = tracker.update();
    int _ = keeper.look();
  }

  /** Goes on to an instant and looks every few minutes. */
  void until(String at) {
    until(at, Duration.ofMinutes(5));
  }

  /** Goes on to an instant over hours without anything to tell, and looks once an hour. */
  void passTo(String at) {
    until(at, Duration.ofHours(1));
  }

  private void until(String at, Duration step) {
    Instant end = Instant.parse(at);
    while (now.isBefore(end)) {
      Instant next = now.plus(step);
      look(next.isBefore(end) ? next : end);
    }
  }

  List<Delivery> messages() {
    List<Delivery> all = new ArrayList<>();
    long before = Long.MAX_VALUE;
    List<Delivery> some;
    do {
      some = deliveries.list(1_000, before, null, null, null);
      all.addAll(some);
      before = some.isEmpty() ? before : some.getLast().number();
    } while (some.size() == 1_000);
    all.sort(Comparator.comparingLong(Delivery::number));
    return all;
  }

  /** Returns what channels heard, in order: when, of what, and whom. */
  List<String> heard() {
    return messages().stream().map(IncidentFixture::line).toList();
  }

  private static String line(Delivery each) {
    Alert alert = each.alert();
    String who =
        alert.subject().group() == null
            ? alert.subject().stores().getFirst().id()
            : "%s (%d)".formatted(alert.subject().group(), alert.subject().count());
    return "%s %s %s %s"
        .formatted(
            Micros.toInstant(each.queuedAt()).toString().substring(5, 16),
            alert.kind().word(),
            who,
            alert.trouble().word());
  }

  List<IncidentView> open() {
    return book().list(Scope.EVERYTHING, "open", null, null, null, 1_000);
  }

  @Override
  public void close() {
    folder.close();
  }
}
