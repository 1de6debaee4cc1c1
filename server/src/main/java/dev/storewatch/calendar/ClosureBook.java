package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.Target;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The planned closures of an installation. */
public final class ClosureBook extends EntryBook<PlannedClosure, ClosureView> {
  /** So many closures take some 30 MB of memory. */
  private static final int MOST = 250_000;

  private static final String NOW = "now";

  /** The clocks of no two places are farther apart. */
  private static final long FARTHEST = Micros.DAY;

  /** The closures of a database. */
  public ClosureBook(Database database, Stores stores, Clock clock) {
    super(database, stores, clock, "planned closure", MOST);
  }

  @Override
  List<PlannedClosure> all(Registry registry) {
    return registry.plannedClosures();
  }

  @Override
  void write(Stores to, PlannedClosure closure) {
    to.addClosure(closure);
  }

  @Override
  void remove(Stores from, String id, long at, @Nullable String by) {
    from.removeClosure(id, at, by);
  }

  @Override
  ClosureView view(Registry registry, PlannedClosure closure, Scope scope) {
    return ClosureView.of(registry, closure, scope);
  }

  /**
   * Enters a closure.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong, or there are too many
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public ClosureView add(Scope scope, @Nullable String by, ClosureBody body) {
    return enter(scope, registry -> planned(registry, scope, by, body));
  }

  /**
   * Returns what a closure would change if it were entered.
   *
   * @throws WrongInput if something is missing or wrong
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public CalendarPreview preview(Scope scope, ClosureBody body) {
    Registry registry = registry();
    return CalendarPreview.of(registry, planned(registry, scope, null, body), instant());
  }

  private PlannedClosure planned(
      Registry registry, Scope scope, @Nullable String by, ClosureBody body) {
    Target target = Targets.read(registry, scope, body.store(), body.tag(), body.all());
    return new PlannedClosure(UUID.randomUUID().toString(), target, body.closure(), now(), by);
  }

  /**
   * Returns the closures that a caller may see, in the order in which they were entered.
   *
   * @param period only those that have a part in it; null for all
   * @param store only those that are of a store; null for all
   * @param tag only those that are of a tag; null for all
   * @throws UnknownStore if the store is not in the scope
   */
  public List<ClosureView> list(
      Scope scope, @Nullable Span period, @Nullable String store, @Nullable String tag) {
    Registry registry = registry();
    return seen(registry, scope, store, tag)
        .filter(planned -> period == null || isIn(registry, planned, period))
        .map(planned -> view(registry, planned, scope))
        .toList();
  }

  /** Returns whether a closure has a part in a period, somewhere if it is of several stores. */
  private static boolean isIn(Registry registry, PlannedClosure planned, Span period) {
    Integer key = planned.target().storeKey();
    boolean somewhere = key == null && planned.closure() instanceof Closure.Local;
    Zone zone = key == null ? Schedule.defaultZone() : registry.zoneInUse(key);
    Span asked = somewhere ? new Span(period.start() - FARTHEST, period.end() + FARTHEST) : period;
    return !planned.closure().in(zone, asked).isEmpty();
  }

  /**
   * Changes a closure: what is null stays as it is.
   *
   * @param by who does
   * @throws WrongInput if something is wrong
   * @throws UnknownEntry if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public ClosureView change(Scope scope, @Nullable String by, String id, ClosureChange change) {
    return replace(
        scope, by, id, (registry, had) -> had.changed(changed(registry, had, change), now(), by));
  }

  private Closure changed(Registry registry, PlannedClosure planned, ClosureChange change) {
    Closure had = planned.closure();
    Closure.@Nullable Local local = had instanceof Closure.Local times ? times : null;
    Closure.Repeat repeat =
        change.repeat() != null
            ? CalendarTimes.repeat(change.repeat())
            : local == null ? Closure.Repeat.ONCE : local.repeat();
    String until = change.until();
    if (until != null && until.strip().equalsIgnoreCase(NOW)) {
      until = LocalDate.ofInstant(instant(), ZoneOffset.UTC).toString();
    }
    if (until == null && local != null && local.until() != null) {
      until = local.until().toString();
    }
    return CalendarTimes.closure(
        change.from() == null ? CalendarTimes.from(had) : change.from(),
        change.to() == null ? CalendarTimes.to(had) : end(registry, planned, change.to()),
        repeat,
        repeat == Closure.Repeat.ONCE ? null : until,
        change.reason() == null ? had.reason() : change.reason().strip());
  }

  /**
   * Returns the end that somebody gives; {@code now} on the clocks that the closure is meant on.
   */
  private String end(Registry registry, PlannedClosure planned, String to) {
    if (!to.strip().equalsIgnoreCase(NOW)) {
      return to;
    }
    Instant instant = instant().truncatedTo(ChronoUnit.SECONDS);
    Integer key = planned.target().storeKey();
    if (planned.closure() instanceof Closure.Fixed) {
      return instant.toString();
    }
    if (key == null) {
      throw new WrongInput(
          "the closure is on the clocks of several stores, for which now is not one time: give its"
              + " end without an offset, for example 2026-07-04T15:00");
    }
    return registry.zoneInUse(key).wallClock(instant).toLocalDateTime().toString();
  }
}
