package dev.storewatch.calendar;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.OpenInterval;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A special day as it is shown.
 *
 * @param id what it is known by
 * @param store the id of its store; null if it is of several
 * @param tag the tag of its stores; null if it is of one store, or of all
 * @param all whether it is of all stores
 * @param date the date on the clocks of each store
 * @param hours what begins on it; empty if the stores are closed
 * @param label what the day is
 * @param enteredAt when it was entered, or changed last
 * @param enteredBy by whom
 */
public record SpecialDayView(
    String id,
    @Nullable String store,
    @Nullable String tag,
    boolean all,
    LocalDate date,
    List<Times> hours,
    @Nullable String label,
    Instant enteredAt,
    @Nullable String enteredBy) {
  /** An interval of the day, {@code HH:mm:ss}. */
  public record Times(String opens, String closes) {
    static Times of(OpeningInterval interval) {
      OpenInterval shown = OpenInterval.of(interval);
      return new Times(shown.opens(), shown.closes());
    }
  }

  /**
   * Returns a day as a caller sees it: who entered it is told to those who see every store, because
   * names of others are nobody else's business.
   */
  static SpecialDayView of(Registry registry, PlannedDay day, Scope scope) {
    Integer key = day.target().storeKey();
    return new SpecialDayView(
        day.id(),
        key == null ? null : registry.id(key),
        day.target().tag(),
        day.target().isAll(),
        day.date(),
        day.hours().stream().map(Times::of).toList(),
        day.label(),
        Micros.toInstant(day.enteredAt()),
        scope.isEverything() ? day.enteredBy() : null);
  }
}
