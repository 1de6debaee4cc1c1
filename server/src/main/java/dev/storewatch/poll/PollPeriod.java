package dev.storewatch.poll;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import org.jspecify.annotations.Nullable;

/** A period of time, as somebody gives it: from an instant to before another. */
public final class PollPeriod {
  private static final String EXAMPLE =
      "use for example from=2023-01-24T00:00:00Z and to=2023-01-25T00:00:00Z, in"
          + " UTC unless they have an offset";

  private PollPeriod() {}

  /**
   * Reads two instants, in UTC unless they have an offset.
   *
   * @throws WrongInput if one is missing or is not an instant of the years 1900 to 9999, or the
   *     period is empty
   */
  public static Span parse(@Nullable String from, @Nullable String to) {
    if (from == null || to == null) {
      throw new WrongInput("a period needs both from and to: " + EXAMPLE);
    }
    long start = instant("from", from);
    long end = instant("to", to);
    if (end <= start) {
      throw new WrongInput(
          "to is %s, not after from, which is %s: %s".formatted(to, from, EXAMPLE));
    }
    return new Span(start, end);
  }

  private static long instant(String name, String text) {
    return InstantReader.parameter(text)
        .filter(instant -> !instant.isBefore(AsOf.EARLIEST) && instant.isBefore(AsOf.END))
        .map(Micros::of)
        .orElseThrow(
            () ->
                new WrongInput(
                    "%s is '%s', which is not an instant of the years 1900 to 9999: %s"
                        .formatted(name, text, EXAMPLE)));
  }
}
