package dev.storewatch.incident;

import dev.storewatch.interval.Micros;
import dev.storewatch.store.Registry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mute as it is shown.
 *
 * @param id its id
 * @param storeId its store; null for more than one
 * @param tag the tag of its stores; null for one store or all
 * @param until when it ends, or ended
 * @param reason why
 * @param enteredAt when it was entered
 * @param enteredBy who entered it
 */
public record MuteView(
    String id,
    @Nullable String storeId,
    @Nullable String tag,
    Instant until,
    String reason,
    Instant enteredAt,
    @Nullable String enteredBy) {
  /** Returns a mute as it is shown. */
  static MuteView of(Mute mute, Registry registry) {
    Integer key = mute.store();
    return new MuteView(
        mute.id(),
        key == null ? null : registry.id(key),
        mute.tag(),
        Micros.toInstant(mute.until()),
        mute.reason(),
        mute.entered(),
        mute.enteredBy());
  }
}
