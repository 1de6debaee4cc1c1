package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.instant.Durations;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as it is shown.
 *
 * @param id its id
 * @param channel the id of the channel
 * @param tags of stores with all of these alone; empty for all
 * @param troubles of these alone; empty for all
 * @param after only what has lasted as long
 * @param quietFrom when the quiet hours begin; null for none
 * @param quietTo when they end
 * @param quietZone the zone of their clocks
 * @param digest whether what still lasts is told at opening
 * @param enteredAt when it was entered
 * @param enteredBy who entered it
 */
public record RouteView(
    String id,
    String channel,
    List<String> tags,
    List<String> troubles,
    String after,
    @Nullable String quietFrom,
    @Nullable String quietTo,
    @Nullable String quietZone,
    boolean digest,
    Instant enteredAt,
    @Nullable String enteredBy) {
  /** Returns a route as it is shown. */
  static RouteView of(Route route) {
    Quiet quiet = route.quiet();
    return new RouteView(
        route.id(),
        route.channel(),
        route.tags(),
        route.troubles().stream().map(Trouble::word).toList(),
        Durations.format(route.after()),
        quiet == null ? null : quiet.from().toString(),
        quiet == null ? null : quiet.to().toString(),
        quiet == null ? null : quiet.zone(),
        route.digest(),
        route.entered(),
        route.enteredBy());
  }
}
