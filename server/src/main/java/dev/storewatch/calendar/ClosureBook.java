package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.CalendarTimes;
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
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The planned closures of an installation: what somebody enters, changes and deletes.
 *
 * <p>Who may see some stores alone sees the closures that are of any of those, and changes those
 * that are of no others: of a store in the scope, or of one of its tags.
 */
public final class ClosureBook {
  /** So many closures take some 30 MB of memory. */
  private static final int MOST = 250_000;

  private static final String NOW = "now";

  /** The clocks of no two places are farther apart. */
  private static final long FARTHEST = Micros.DAY;

  private final Database database;
  private final Stores stores;
  private final Clock clock;

  /** The closures of a database. */
  public ClosureBook(Database database, Stores stores, Clock clock) {
    this.database = database;
    this.stores = stores;
    this.clock = clock;
  }

  /** There is no such closure, as far as the caller may see. */
  public static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String id) {
      super("there is no planned closure with the id %s".formatted(id));
    }
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
    return database.inWriteTransaction(
        () -> {
          PlannedClosure planned = planned(scope, by, body);
          if (stores.registry().plannedClosures().size() >= MOST) {
            throw new WrongInput(
                "there are %d planned closures already: delete some, or enter one for a tag"
                    .formatted(MOST));
          }
          stores.addClosure(planned);
          return ClosureView.of(stores.registry(), planned, scope);
        });
  }

  /**
   * Returns what a closure would change if it were entered.
   *
   * @throws WrongInput if something is missing or wrong
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  CalendarPreview preview(Scope scope, ClosureBody body) {
    PlannedClosure planned = planned(scope, null, body);
    return CalendarPreview.of(stores.registry(), planned, clock.instant());
  }

  private PlannedClosure planned(Scope scope, @Nullable String by, ClosureBody body) {
    Target target = Targets.read(stores.registry(), scope, body.store(), body.tag(), body.all());
    return new PlannedClosure(UUID.randomUUID().toString(), target, body.closure(), now(), by);
  }

  private long now() {
    return Micros.of(clock.instant());
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
    Registry registry = stores.registry();
    OptionalInt key = store == null ? OptionalInt.empty() : scope.key(registry, store);
    if (store != null && key.isEmpty()) {
      throw new UnknownStore(store);
    }
    return registry.plannedClosures().stream()
        .filter(planned -> planned.target().isInSight(scope, registry))
        .filter(planned -> period == null || isIn(registry, planned, period))
        .filter(planned -> key.isEmpty() || planned.target().includes(registry, key.getAsInt()))
        .filter(planned -> tag == null || tag.equals(planned.target().tag()))
        .map(planned -> ClosureView.of(registry, planned, scope))
        .toList();
  }

  /** Returns whether a closure has a part in a period, somewhere if it is of several stores. */
  private static boolean isIn(Registry registry, PlannedClosure planned, Span period) {
    Integer key = planned.target().storeKey();
    boolean somewhere = key == null && planned.closure() instanceof Closure.Local;
    Zone zone = key == null ? Schedule.defaultZone() : zone(registry, key);
    Span asked = somewhere ? new Span(period.start() - FARTHEST, period.end() + FARTHEST) : period;
    return !planned.closure().in(zone, asked).isEmpty();
  }

  private static Zone zone(Registry registry, int key) {
    return Objects.requireNonNullElse(registry.zone(key), Schedule.defaultZone());
  }

  /**
   * Returns a closure.
   *
   * @throws Unknown if the caller sees none of that id
   */
  public ClosureView get(Scope scope, String id) {
    Registry registry = stores.registry();
    return ClosureView.of(registry, find(scope, registry, id), scope);
  }

  private static PlannedClosure find(Scope scope, Registry registry, String id) {
    return registry.plannedClosures().stream()
        .filter(planned -> planned.id().equals(id) && planned.target().isInSight(scope, registry))
        .findFirst()
        .orElseThrow(() -> new Unknown(id));
  }

  /**
   * Changes a closure: what is null stays as it is.
   *
   * @param by who does
   * @throws WrongInput if something is wrong
   * @throws Unknown if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public ClosureView change(Scope scope, @Nullable String by, String id, ClosureChange change) {
    return changing(
        scope,
        by,
        id,
        planned -> {
          PlannedClosure changed = planned.changed(changed(planned, change), now(), by);
          stores.addClosure(changed);
          return ClosureView.of(stores.registry(), changed, scope);
        });
  }

  /**
   * Deletes a closure, as if it had never been entered; that it was there is kept.
   *
   * @param by who does
   * @throws Unknown if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public void delete(Scope scope, @Nullable String by, String id) {
    changing(scope, by, id, planned -> true);
  }

  private <T> T changing(
      Scope scope, @Nullable String by, String id, Function<PlannedClosure, T> change) {
    return database.inWriteTransaction(
        () -> {
          PlannedClosure planned = find(scope, stores.registry(), id);
          Targets.requireWithin(stores.registry(), scope, planned.target());
          stores.removeClosure(id, now(), by);
          return change.apply(planned);
        });
  }

  private Closure changed(PlannedClosure planned, ClosureChange change) {
    Closure had = planned.closure();
    Closure.@Nullable Local local = had instanceof Closure.Local times ? times : null;
    Closure.Repeat repeat =
        change.repeat() != null
            ? CalendarTimes.repeat(change.repeat())
            : local == null ? Closure.Repeat.ONCE : local.repeat();
    String until = change.until();
    if (until != null && until.strip().equalsIgnoreCase(NOW)) {
      until = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    }
    if (until == null && local != null && local.until() != null) {
      until = local.until().toString();
    }
    return CalendarTimes.closure(
        change.from() == null ? CalendarTimes.from(had) : change.from(),
        change.to() == null ? CalendarTimes.to(had) : end(planned, change.to()),
        repeat,
        repeat == Closure.Repeat.ONCE ? null : until,
        change.reason() == null ? had.reason() : change.reason().strip());
  }

  /**
   * Returns the end that somebody gives; {@code now} on the clocks that the closure is meant on.
   */
  private String end(PlannedClosure planned, String to) {
    if (!to.strip().equalsIgnoreCase(NOW)) {
      return to;
    }
    Instant instant = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Integer key = planned.target().storeKey();
    if (planned.closure() instanceof Closure.Fixed) {
      return instant.toString();
    }
    if (key == null) {
      throw new WrongInput(
          "the closure is on the clocks of several stores, for which now is not one time: give its"
              + " end without an offset, for example 2026-07-04T15:00");
    }
    return zone(stores.registry(), key).wallClock(instant).toLocalDateTime().toString();
  }
}
