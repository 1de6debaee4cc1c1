package dev.storewatch.calendar;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.Closure;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A planned closure as it is shown.
 *
 * @param id what it is known by
 * @param store the id of its store; null if it is of several
 * @param tag the tag of its stores; null if it is of one store, or of all
 * @param all whether it is of all stores
 * @param from its start: an instant, or a time without an offset on the clocks of each store
 * @param to its end, likewise
 * @param local whether its times are those of the clocks of each store
 * @param repeat {@code once}, {@code weekly} or {@code yearly}
 * @param until the last date on which it may start; null for ever
 * @param reason why
 * @param enteredAt when it was entered, or changed last
 * @param enteredBy by whom
 */
public record ClosureView(
    String id,
    @Nullable String store,
    @Nullable String tag,
    boolean all,
    @Schema(description = "An instant, or if local a time on the clocks of each store") String from,
    String to,
    boolean local,
    @Schema(allowableValues = {"once", "weekly", "yearly"}) String repeat,
    @Schema(description = ClosureBody.UNTIL) @Nullable LocalDate until,
    String reason,
    Instant enteredAt,
    @Nullable String enteredBy) {
  /**
   * Returns a closure as a caller sees it: who entered it is told to those who see every store,
   * because names of others are nobody else's business.
   */
  static ClosureView of(Registry registry, PlannedClosure planned, Scope scope) {
    Closure closure = planned.closure();
    Closure.@Nullable Local local = closure instanceof Closure.Local times ? times : null;
    Integer key = planned.target().storeKey();
    return new ClosureView(
        planned.id(),
        key == null ? null : registry.id(key),
        planned.target().tag(),
        planned.target().isAll(),
        CalendarTimes.from(closure),
        CalendarTimes.to(closure),
        local != null,
        local == null ? Closure.Repeat.ONCE.word() : local.repeat().word(),
        local == null ? null : local.until(),
        closure.reason(),
        Micros.toInstant(planned.enteredAt()),
        scope.isEverything() ? planned.enteredBy() : null);
  }
}
