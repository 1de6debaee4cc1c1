package dev.storewatch.calendar;

import dev.storewatch.database.Database;
import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registrar;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The special days of an installation. */
public final class SpecialDayBook extends EntryBook<PlannedDay, SpecialDayView> {
  /** So many days take some 60 MB of memory. */
  private static final int MOST = 500_000;

  SpecialDayBook(Database database, Stores stores, Clock clock) {
    super(database, stores, clock, "special day", MOST);
  }

  @Override
  List<PlannedDay> all(Registry registry) {
    return registry.plannedDays();
  }

  @Override
  void write(Stores to, PlannedDay day) {
    to.addDay(day);
  }

  @Override
  void remove(Stores from, String id, long at, @Nullable String by) {
    from.removeDay(id, at, by);
  }

  @Override
  SpecialDayView view(Registry registry, PlannedDay day, Scope scope) {
    return SpecialDayView.of(registry, day, scope);
  }

  /**
   * Enters a special day.
   *
   * @param by who does
   * @throws WrongInput if something is missing or wrong, or there are too many
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public SpecialDayView add(Scope scope, @Nullable String by, SpecialDayBody body) {
    return enter(scope, registry -> day(registry, scope, by, body));
  }

  /**
   * Returns what a special day would change if it were entered.
   *
   * @throws WrongInput if something is missing or wrong
   * @throws UnknownStore if it is of a store that is not in the scope
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  public CalendarPreview preview(Scope scope, SpecialDayBody body) {
    Registry registry = registry();
    return CalendarPreview.of(registry, day(registry, scope, null, body));
  }

  private PlannedDay day(Registry registry, Scope scope, @Nullable String by, SpecialDayBody body) {
    return new PlannedDay(
        UUID.randomUUID().toString(),
        Targets.read(registry, scope, body.store(), body.tag(), body.all()),
        body.readDate(),
        body.readHours(),
        body.label() == null ? null : body.label().strip(),
        now(),
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
  public List<SpecialDayView> list(
      Scope scope,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable String store,
      @Nullable String tag) {
    Registry registry = registry();
    return seen(registry, scope, store, tag)
        .filter(day -> from == null || !day.date().isBefore(from))
        .filter(day -> to == null || !day.date().isAfter(to))
        .map(day -> SpecialDayView.of(registry, day, scope))
        .toList();
  }

  /**
   * Changes a special day: what is null stays as it is.
   *
   * @param by who does
   * @throws WrongInput if something is wrong
   * @throws UnknownEntry if the caller sees none of that id
   * @throws Registrar.OutOfScope if it is of stores that the caller may not all see
   */
  SpecialDayView change(Scope scope, @Nullable String by, String id, SpecialDayChange change) {
    return replace(
        scope,
        by,
        id,
        (registry, had) -> {
          LocalDate date =
              change.date() == null ? had.date() : CalendarTimes.date("date", change.date());
          return new PlannedDay(
              id,
              had.target(),
              date,
              change.hours() == null
                  ? moved(had.hours(), date.getDayOfWeek())
                  : SpecialDayBody.readHours(change.hours(), date),
              change.label() == null ? had.label() : change.label().strip(),
              now(),
              by);
        });
  }

  private static List<OpeningInterval> moved(List<OpeningInterval> hours, DayOfWeek day) {
    return hours.stream()
        .map(interval -> new OpeningInterval(day, interval.opens(), interval.closes()))
        .toList();
  }
}
