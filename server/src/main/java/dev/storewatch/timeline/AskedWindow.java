package dev.storewatch.timeline;

import dev.storewatch.hours.Schedule;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.window.Window;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A window in which uptime is measured: a length up to the as-of instant, a period, or a part of
 * one.
 *
 * @param name its length, or the name of its period; null for a period given by its ends, or a part
 *     of one
 * @param span when
 * @param isOver whether it ends by the as-of instant; otherwise the part until then is measured
 */
record AskedWindow(@Nullable String name, Span span, boolean isOver) {
  private static final int MOST_WINDOWS = 100;
  private static final int MOST_PIECES = 1_000;

  /** What a request asks for. */
  interface Asked {
    /** Returns the windows of a store of a schedule. */
    List<AskedWindow> on(Schedule schedule);
  }

  /**
   * Returns what a request asks for.
   *
   * @param terms the terms of the request
   * @param period the period between two ends, if that is asked for
   * @param windows lengths that end at the as-of instant, or periods, separated by commas
   * @param step the length of the parts into which each window is cut; the last may be shorter
   * @param today returns the date by which yesterday and the like are known
   * @throws IllegalArgumentException if they do not go together, or one is invalid
   */
  static Asked listOf(
      Terms terms,
      @Nullable Window period,
      @Nullable String windows,
      @Nullable String step,
      Supplier<LocalDate> today) {
    if (period != null && windows != null) {
      throw new WrongInput(
          "from and to do not go together with windows: ask for the one or the other");
    }
    List<Window> known = period == null ? windows(windows, today) : List.of(period);
    known.forEach(window -> window.requireKnown(terms.asOf()));
    Asked whole =
        schedule ->
            known.stream()
                .map(window -> of(terms.asOf(), window, schedule, period == null))
                .toList();
    if (step == null) {
      return whole;
    }
    long length = length(step);
    Asked parts = schedule -> parts(whole.on(schedule), length);
    var _ = parts.on(Schedule.unknown()); // refuses what no store could be asked
    return parts;
  }

  private static AskedWindow of(long asOf, Window window, Schedule schedule, boolean isNamed) {
    return new AskedWindow(
        isNamed ? window.format() : null,
        window.span(asOf, schedule),
        window.isOver(asOf, schedule));
  }

  private static List<Window> windows(@Nullable String windows, Supplier<LocalDate> today) {
    if (windows == null) {
      return Window.STANDARD;
    }
    List<dev.storewatch.window.Asked> asked = dev.storewatch.window.Asked.parseAll(windows);
    if (asked.size() > MOST_WINDOWS) {
      throw new WrongInput(
          "%d windows: ask for at most %d at once".formatted(asked.size(), MOST_WINDOWS));
    }
    // Whose date it is takes a look at every store, so that is asked only where it matters.
    return asked.stream()
        .map(window -> window instanceof Window known ? known : window.at(today.get()))
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
      boolean isLast = parts.size() + 1 == count;
      parts.add(
          new AskedWindow(
              null, new Span(start, start + length), !isLast || whole.getFirst().isOver));
    }
    return parts;
  }
}
