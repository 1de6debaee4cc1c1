package dev.storewatch.store;

import dev.storewatch.hours.Closures;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.States.Moment;
import dev.storewatch.store.States.StoreState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A store as the native interface shows it.
 *
 * @param storeId its id
 * @param name what people call it
 * @param zone the zone whose wall clock its hours are read on, if it is known
 * @param zoneAssumed whether it is not, and America/Chicago is taken for it
 * @param zoneFlaggedSince since when it counts on a zone of which a row was refused, if it does
 * @param laterHours the weekly hours that hold from a date on instead, by the date
 * @param hours its business hours in the order of the week; none when it is always open, if they
 *     are assumed, and never, if they are not
 * @param hoursAssumed whether they are not known, and it is taken to be always open
 * @param hoursFlaggedSince since when it counts on hours of which rows were refused, if it does
 * @param tags its tags in order
 * @param firstPoll the instant of its first poll, if it has any
 * @param asOf the instant of which the state is
 * @param state {@code up}, {@code down}, {@code unknown} or {@code closed}
 * @param lastPoll the poll in business hours that says so, if it is up or down
 * @param closure why it is in a planned closure, if it is
 * @param closedUntil when the last of its closures that are on ends
 */
record StoreView(
    String storeId,
    @Nullable String name,
    @Nullable String zone,
    boolean zoneAssumed,
    @Schema(description = ZONE_FLAGGED) @Nullable Instant zoneFlaggedSince,
    List<OpenInterval> hours,
    boolean hoursAssumed,
    @Schema(description = HOURS_FLAGGED) @Nullable Instant hoursFlaggedSince,
    List<LaterHours.Shown> laterHours,
    Set<String> tags,
    @Nullable Instant firstPoll,
    Instant asOf,
    @Schema(allowableValues = {"up", "down", "unknown", "closed"}) String state,
    @Nullable Instant lastPoll,
    @Schema(description = "Why it is in a planned closure, if it is") @Nullable String closure,
    @Schema(description = "When that ends") @Nullable Instant closedUntil) {
  private static final String ZONE_FLAGGED =
      "Since when it counts on a zone of which a row was refused, until it is mended";
  private static final String HOURS_FLAGGED =
      "Since when it counts on hours of which rows were refused, until they are mended";

  static StoreView of(Moment moment, int key, StoreState state) {
    Registry registry = moment.registry();
    Zone zone = registry.zone(key);
    List<Closures.Occurrence> closures = registry.closuresAt(key, moment.instant());
    return new StoreView(
        registry.id(key),
        registry.name(key),
        zone == null ? null : zone.name(),
        zone == null,
        instant(registry.zoneFlagged(key)),
        registry.intervals(key).stream().map(OpenInterval::of).toList(),
        !registry.hasHours(key),
        instant(registry.hoursFlagged(key)),
        LaterHours.Shown.of(registry.datedHours(key)),
        registry.tags(key),
        instant(registry.firstPoll(key)),
        Micros.toInstant(moment.instant()),
        state.state().word(),
        instant(state.poll()),
        closures.isEmpty() ? null : String.join("; ", Closures.reasons(closures)),
        instant(closures.stream().mapToLong(closure -> closure.span().end()).max()));
  }

  private static @Nullable Instant instant(OptionalLong micros) {
    return micros.isPresent() ? Micros.toInstant(micros.getAsLong()) : null;
  }
}
