package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.CalendarTimes;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.Target;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The special days of an installation: what somebody enters, changes and deletes. */
final class SpecialDayBook {
  /** So many days take some 60 MB of memory. */
  private static final int MOST = 500_000;

  private final Database database;
  private final Stores stores;
  private final Clock clock;

  SpecialDayBook(Database database, Stores stores, Clock clock) {
    this.database = database;
    this.stores = stores;
    this.clock = clock;
  }

  /** There is no such special day, as far as the caller may see. */
  static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unknown(String id) {
      super("there is no special day with the id %s".formatted(id));
    }
  }

  /**
   * Enters a special day.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong, or there are too many
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  SpecialDayView add(Scope scope, @Nullable String by, SpecialDayBody body) {
    return database.inWriteTransaction(
        () -> {
          PlannedDay day = day(scope, by, body);
          if (stores.registry().plannedDays().size() >= MOST) {
            throw new WrongInput(
                "there are %d special days already: delete some, or enter one for a tag"
                    .formatted(MOST));
          }
          stores.addDay(day);
          return SpecialDayView.of(stores.registry(), day, scope);
        });
  }

  /**
   * Returns what a special day would change if it were entered.
   *
   * @throws WrongInput if something is missing or wrong
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  CalendarPreview preview(Scope scope, SpecialDayBody body) {
    PlannedDay day = day(scope, null, body);
    return CalendarPreview.of(stores.registry(), day);
  }

  private PlannedDay day(Scope scope, @Nullable String by, SpecialDayBody body) {
    Target target = Targets.read(stores.registry(), scope, body.store(), body.tag(), body.all());
    return new PlannedDay(
        UUID.randomUUID().toString(),
        target,
        body.readDate(),
        body.readHours(),
        body.label() == null ? null : body.label().strip(),
        Micros.of(clock.instant()),
        by);
  }

  /**
   * Returns the special days that a caller may see, in the order in which they were entered.
   *
   * @param from only those of this date or later; null for all
   * @param to only those of this date or earlier; null for all
   * @param store only those that are of a store; null for all
   * @param tag only those of a tag; null for all
   * @throws UnknownStore if the store is not in the scope
   */
  List<SpecialDayView> list(
      Scope scope,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String store,
      @Nullable String tag) {
    Registry registry = stores.registry();
    OptionalInt key = store == null ? OptionalInt.empty() : scope.key(registry, store);
    if (store != null && key.isEmpty()) {
      throw new UnknownStore(store);
    }
    return registry.plannedDays().stream()
        .filter(day -> day.target().isInSight(scope, registry))
        .filter(day -> from == null || !day.date().isBefore(from))
        .filter(day -> to == null || !day.date().isAfter(to))
        .filter(day -> key.isEmpty() || day.target().includes(registry, key.getAsInt()))
        .filter(day -> tag == null || tag.equals(day.target().tag()))
        .map(day -> SpecialDayView.of(registry, day, scope))
        .toList();
  }

  /**
   * Returns a special day.
   *
   * @throws Unknown if the caller sees none of that id
   */
  SpecialDayView get(Scope scope, String id) {
    Registry registry = stores.registry();
    return SpecialDayView.of(registry, find(scope, registry, id), scope);
  }

  private static PlannedDay find(Scope scope, Registry registry, String id) {
    return registry.plannedDays().stream()
        .filter(day -> day.id().equals(id) && day.target().isInSight(scope, registry))
        .findFirst()
        .orElseThrow(() -> new Unknown(id));
  }

  /**
   * Changes a special day: what is null stays as it is.
   *
   * @param by who does
   * @throws WrongInput if something is wrong
   * @throws Unknown if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  SpecialDayView change(Scope scope, @Nullable String by, String id, SpecialDayChange change) {
    return changing(
        scope,
        by,
        id,
        had -> {
          LocalDate date =
              change.date() == null ? had.date() : CalendarTimes.date("date", change.date());
          PlannedDay changed =
              new PlannedDay(
                  id,
                  had.target(),
                  date,
                  change.hours() == null
                      ? moved(had.hours(), date.getDayOfWeek())
                      : SpecialDayBody.readHours(change.hours(), date),
                  change.label() == null ? had.label() : change.label().strip(),
                  Micros.of(clock.instant()),
                  by);
          stores.addDay(changed);
          return SpecialDayView.of(stores.registry(), changed, scope);
        });
  }

  private static List<OpeningInterval> moved(List<OpeningInterval> hours, DayOfWeek day) {
    return hours.stream()
        .map(interval -> new OpeningInterval(day, interval.opens(), interval.closes()))
        .toList();
  }

  /**
   * Deletes a special day, as if it had never been entered; that it was there is kept.
   *
   * @param by who does
   * @throws Unknown if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  void delete(Scope scope, @Nullable String by, String id) {
    var _ = changing(scope, by, id, day -> true);
  }

  private <T> T changing(
      Scope scope, @Nullable String by, String id, Function<PlannedDay, T> change) {
    return database.inWriteTransaction(
        () -> {
          PlannedDay day = find(scope, stores.registry(), id);
          Targets.requireWithin(stores.registry(), scope, day.target());
          stores.removeDay(id, Micros.of(clock.instant()), by);
          return change.apply(day);
        });
  }
}
