package dev.storewatch.quality;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollPeriod;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is asked about the polls that were expected.
 *
 * @param period whole slots, from the start of the first to the end of the last
 * @param every the length of a slot, in which one poll at least is expected
 */
public record CoverageRequest(Span period, Duration every) {
  /** A month of slots of a minute. */
  private static final long MOST_SLOTS = 31 * 24 * 60;

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  /**
   * Reads a request. The slots that are in the period in part alone are left out.
   *
   * @param from when it begins, or null for a day before its end
   * @param to when it ends, or null for the newest poll
   * @param every how often a store is polled, or null for once an hour
   * @param newest the newest poll, if there is one
   * @param now the clock, in microseconds since the epoch
   * @throws WrongInput if something is wrong
   */
  public static CoverageRequest parse(
      @Nullable String from,
      @Nullable String to,
      @Nullable String every,
      OptionalLong newest,
      long now) {
    Duration length = every == null ? Duration.ofHours(1) : length(every);
    long slot = Micros.of(length);
    Span asked =
        from == null && to == null ? lastDay(newest.orElse(now)) : PollPeriod.parse(from, to);
    long start = -Math.floorDiv(-asked.start(), slot) * slot;
    long end = Math.floorDiv(asked.end(), slot) * slot;
    if (end <= start) {
      throw new WrongInput(
          "the period has no whole %s in it: use a longer one, or for example every=PT1M"
              .formatted(Durations.format(length)));
    }
    if ((end - start) / slot > MOST_SLOTS) {
      throw new WrongInput(
          "the period has more than %d times %s: use a shorter one, or for example every=PT1H"
              .formatted(MOST_SLOTS, Durations.format(length)));
    }
    return new CoverageRequest(new Span(start, end), length);
  }

  private static Span lastDay(long end) {
    return new Span(end - Micros.DAY, end);
  }

  private static Duration length(String text) {
    Duration length = Durations.parse("every", text, "PT1H");
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new WrongInput("every is %s: use PT1M to P1D, for example PT1H".formatted(text));
    }
    return length;
  }

  /** Returns the length of a slot in microseconds. */
  long slot() {
    return Micros.of(every);
  }

  /** Returns the number of slots. */
  int slots() {
    return (int) (period.length() / slot());
  }
}
