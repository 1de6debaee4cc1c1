package dev.storewatch.timeline;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window in which uptime is measured: a length up to the as-of instant, a period, or a part of
 * one.
 *
 * @param name its length as it was requested; null for a period, or a part of one
 * @param span when
 */
record AskedWindow(@Nullable String name, Span span) {
  private static final int MOST_WINDOWS = 100;
  private static final int MOST_PIECES = 1_000;

  /** What a request asks for. */
  interface Asked {
    /** Returns the windows of a store in a zone. */
    List<AskedWindow> on(Zone zone);
  }

  /**
   * Returns what a request asks for.
   *
   * @param period the period between two instants, if that is asked for
   * @param windows lengths that end at the as-of instant, separated by commas
   * @param step the length of the parts into which each window is cut; the last may be shorter
   * @throws IllegalArgumentException if they do not go together, or one is invalid
   */
  static Asked listOf(
      long asOf, @Nullable Span period, @Nullable String windows, @Nullable String step) {
    if (period != null && windows != null) {
      throw new WrongInput(
          "from and to do not go together with windows: ask for the one or the other");
    }
    Asked whole =
        period == null ? windows(asOf, windows) : _ -> List.of(new AskedWindow(null, period));
    if (step == null) {
      return whole;
    }
    long length = length(step);
    Asked parts = zone -> parts(whole.on(zone), length);
    var _ = parts.on(Schedule.defaultZone()); // refuses what no store could be asked
    return parts;
  }

  private static Asked windows(long asOf, @Nullable String windows) {
    List<Window> lengths = windows == null ? Window.STANDARD : Window.parseAll(windows);
    if (lengths.size() > MOST_WINDOWS) {
      throw new WrongInput(
          "%d windows: ask for at most %d at once".formatted(lengths.size(), MOST_WINDOWS));
    }
    return zone ->
        lengths.stream()
            .map(length -> new AskedWindow(length.format(), length.endingAt(asOf, zone)))
            .toList();
  }

  private static long length(String step) {
    Duration length = Durations.parse("step", step, "PT1H or P1D");
    try {
      if (length.isPositive() && length.toNanosPart() % 1_000 == 0) {
        return Micros.of(length);
      }
    } catch (ArithmeticException e) {
      throw badStep(step, e);
    }
    throw badStep(step, null);
  }

  private static WrongInput badStep(String step, @Nullable Exception cause) {
    return new WrongInput(
        "step is '%s', which is not positive, in whole microseconds and below 290,000 years: use for example PT1H or P1D"
            .formatted(step),
        cause);
  }

  private static List<AskedWindow> parts(List<AskedWindow> whole, long step) {
    if (whole.size() > 1) {
      throw new WrongInput(
          "step cuts one period: add from and to, or one window, for example windows=P7D&step=P1D");
    }
    Span period = whole.getFirst().span;
    long count = Math.ceilDiv(period.length(), step);
    if (count > MOST_PIECES) {
      throw new WrongInput(
          "step cuts the period into %d parts, more than %d: use a longer one"
              .formatted(count, MOST_PIECES));
    }
    List<AskedWindow> parts = new ArrayList<>();
    for (long start = period.start(); parts.size() < count; start += step) {
      long length = Math.min(step, period.end() - start);
      parts.add(new AskedWindow(null, new Span(start, start + length)));
    }
    return parts;
  }
}
