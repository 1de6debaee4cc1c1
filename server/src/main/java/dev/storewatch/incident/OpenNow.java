package dev.storewatch.incident;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.store.Registry;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which stores are open at an instant, since when and until when. What is computed of a store holds
 * until it opens or closes next, or until stores are changed. Not for several threads.
 */
final class OpenNow {
  /** No store that opens every day is looked at again within this time without need. */
  private static final long AROUND = 2 * Micros.DAY;

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final LateClose lateClose;
  private @Nullable Registry registry;

  /** For each store the stretch, open or closed, in which the instant lies. */
  private long[] from = new long[0];

  private long[] until = new long[0];
  private boolean[] open = new boolean[0];
  private long now;

  OpenNow(LateClose lateClose) {
    this.lateClose = lateClose;
  }

  /** Sets the instant; what is asked then is about it. */
  void look(Registry stores, long instant) {
    if (!stores.equals(registry)) {
      registry = stores;
      from = new long[stores.size() + 1];
      until = new long[stores.size() + 1];
      open = new boolean[stores.size() + 1];
      Arrays.fill(until, UNKNOWN);
    }
    now = instant;
  }

  /** Returns whether a store is open. */
  boolean isOpen(int key) {
    bringUpToDate(key);
    return open[key];
  }

  /** Returns since when a store that is open is; a time long ago if it opened long ago. */
  long openedAt(int key) {
    bringUpToDate(key);
    return from[key];
  }

  /** Returns how long a store that is open will be. */
  long untilClosing(int key) {
    bringUpToDate(key);
    return until[key] - now;
  }

  /** Returns the open time of a store in a span, in microseconds. */
  long openIn(int key, Span span) {
    return openTimes(key, span).length();
  }

  /** Returns the instants of a span at which a store is open. */
  SpanSet openTimes(int key, Span span) {
    return schedule(key).inHours(span);
  }

  private Schedule schedule(int key) {
    return Objects.requireNonNull(registry).schedule(key, lateClose);
  }

  private void bringUpToDate(int key) {
    if (until[key] != UNKNOWN && from[key] <= now && now < until[key]) {
      return;
    }
    Span around = new Span(now - AROUND, now + AROUND);
    SpanSet hours = schedule(key).inHours(around);
    int next = hours.firstEndingAfter(now);
    boolean isOpen = next < hours.size() && hours.start(next) <= now;
    open[key] = isOpen;
    if (isOpen) {
      from[key] = hours.start(next) == around.start() ? UNKNOWN : hours.start(next);
      until[key] = hours.end(next);
    } else {
      from[key] = next == 0 ? around.start() : hours.end(next - 1);
      until[key] = next < hours.size() ? hours.start(next) : around.end();
    }
  }
}
