package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The outages of all stores, for those who ask for them. */
public final class OutageBook {
  /** How many outages are read at a time. */
  private static final int AT_A_TIME = 2_000;

  private final Stores stores;
  private final Outages outages;
  private final OutageScan scan;
  private final LateClose lateClose;
  private final Clock clock;

  /** The outages of a database. */
  public OutageBook(Database database, Stores stores, LateClose lateClose, Clock clock) {
    this.stores = stores;
    this.outages = new Outages(database);
    this.scan = new OutageScan(database);
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /** Some outages in order, and whether others follow. */
  record Page(List<OutageView> outages, boolean hasMore) {}

  /** Whoever takes outages, and says whether it wants more. */
  public interface Receiver extends Predicate<OutageView> {}

  /**
   * Returns a page of outages, the latest first.
   *
   * @param after the id of the last outage of the page before; null for the first page
   * @throws UnknownStore if there is no store of the id in the scope
   * @throws UnknownOutage if there is no outage to go on after
   */
  Page page(Scope scope, OutageQuery query, @Nullable String after, int most) {
    List<OutageView> found = new ArrayList<>();
    forEach(
        scope,
        query,
        after == null ? null : find(scope, after),
        outage -> {
          found.add(outage);
          return found.size() <= most;
        });
    return new Page(found.subList(0, Math.min(most, found.size())), found.size() > most);
  }

  /**
   * Gives outages to a receiver, the latest first, as long as it wants more.
   *
   * @throws UnknownStore if there is no store of the id in the scope
   */
  public void forEach(Scope scope, OutageQuery query, Receiver receiver) {
    forEach(scope, query, null, receiver);
  }

  /**
   * Writes outages as a calendar (RFC 5545), the latest first: {@value OutageCalendar#MOST} at
   * most, and without a start of the period those of the last {@value OutageQuery#DAYS_BACK} days.
   *
   * @throws UnknownStore if there is no store of the id in the scope
   */
  public void writeCalendar(Scope scope, OutageQuery query, PrintWriter out) {
    Instant now = clock.instant();
    OutageQuery reaching = checked(scope, query.reachingBack(Micros.of(now)));
    OutageCalendar calendar = new OutageCalendar(this::corrections, now, out);
    forEach(scope, reaching, calendar);
    calendar.finish();
  }

  /** Returns the corrections of outages, by the numbers of their ids. */
  private Map<Long, OutageScan.Corrections> corrections(List<OutageView> views) {
    return scan.corrections(views.stream().map(view -> Long.valueOf(view.id())).toList());
  }

  private void forEach(
      Scope scope, OutageQuery query, @Nullable KeptOutage after, Receiver receiver) {
    Registry registry = stores.registry();
    Shown shown = new Shown(registry);
    OutageFilter filter = filter(registry, scope, query);
    Set<String> tags = new HashSet<>(query.tags());
    KeptOutage last = after;
    List<KeptOutage> some;
    do {
      some = outages.latest(last, filter, AT_A_TIME);
      for (KeptOutage outage : some) {
        last = outage;
        if (isSeen(registry, scope, tags, outage.store()) && !receiver.test(shown.of(outage))) {
          return;
        }
      }
    } while (some.size() == AT_A_TIME);
  }

  /**
   * Returns a query whose store exists.
   *
   * @throws UnknownStore if there is no store of the id in the scope
   */
  OutageQuery checked(Scope scope, OutageQuery query) {
    OutageFilter _ = filter(stores.registry(), scope, query);
    return query;
  }

  private static OutageFilter filter(Registry registry, Scope scope, OutageQuery query) {
    String store = query.store();
    Integer key =
        store == null
            ? null
            : (Integer) scope.key(registry, store).orElseThrow(() -> new UnknownStore(store));
    return new OutageFilter(query.state(), key, query.period());
  }

  private static boolean isSeen(Registry registry, Scope scope, Set<String> tags, int key) {
    return key <= registry.size()
        && !registry.isDeleted(key)
        && scope.includes(registry, key)
        && registry.tags(key).containsAll(tags);
  }

  /**
   * Returns an outage with what was said of it before.
   *
   * @throws UnknownOutage if there is none of that id in the scope, and was none
   */
  OutageHistory get(Scope scope, String id) {
    Registry registry = stores.registry();
    Outages.History history = outages.history(number(id));
    KeptOutage said =
        history
            .lastSaid()
            .filter(outage -> isSeen(registry, scope, Set.of(), outage.store()))
            .orElseThrow(() -> new UnknownOutage(id));
    Shown shown = new Shown(registry);
    return new OutageHistory(
        shown.of(said),
        history.now().isEmpty(),
        history.past().stream()
            .map(
                each ->
                    new OutageHistory.Correction(
                        shown.of(each.said()), Micros.toInstant(each.until()), each.revision()))
            .toList());
  }

  /** Returns how many outages go on. */
  public long countOngoing() {
    return outages.countOngoing();
  }

  private KeptOutage find(Scope scope, String id) {
    Registry registry = stores.registry();
    return outages
        .find(number(id))
        .filter(outage -> isSeen(registry, scope, Set.of(), outage.store()))
        .orElseThrow(() -> new UnknownOutage(id));
  }

  private static long number(String id) {
    try {
      return Long.parseLong(id);
    } catch (NumberFormatException e) {
      throw new UnknownOutage(id);
    }
  }

  /** Outages as they are shown, with the lengths up to one instant. */
  private final class Shown {
    private final Registry registry;
    private final long now = Micros.of(clock.instant());

    Shown(Registry registry) {
      this.registry = registry;
    }

    OutageView of(KeptOutage outage) {
      int key = outage.store();
      return OutageView.of(
          outage,
          registry.id(key),
          registry.name(key),
          outage.isOngoing() ? openSince(key, outage.start()) : outage.openMicros(),
          now);
    }

    private long openSince(int key, long start) {
      Span span = new Span(start, Math.max(start, now));
      return registry.schedule(key, lateClose).inHours(span).length();
    }
  }
}
