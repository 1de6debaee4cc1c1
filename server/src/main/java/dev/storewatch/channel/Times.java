package dev.storewatch.channel;

import java.time.Duration;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Since when something lasts, until when, and how long, on the clocks of a store.
 *
 * @param start since when, with the offset that the clocks of the store had then; UTC for a group
 * @param end until when, likewise; null while it lasts
 * @param elapsed how long by the clock, so far if it lasts
 * @param openTime how much open time was lost, so far if it lasts; null where that says nothing
 * @param atLeast how much open time was lost at least, for polls know no more; null if not known
 * @param atMost how much open time was lost at most, likewise
 */
public record Times(
    OffsetDateTime start,
    @Nullable OffsetDateTime end,
    Duration elapsed,
    @Nullable Duration openTime,
    @Nullable Duration atLeast,
    @Nullable Duration atMost) {
  /** What lasts since an instant, without bounds. */
  public static Times since(OffsetDateTime start, Duration elapsed, Duration openTime) {
    return new Times(start, null, elapsed, openTime, null, null);
  }
}
