package dev.storewatch.window;

import dev.storewatch.hours.Schedule;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;

/**
 * A period between two instants, the same for every store. It must be over at as-of.
 *
 * @param span when, not empty, at most {@link Window#LONGEST} long
 */
public record Between(Span span) implements Window {
  /**
   * Checks the length.
   *
   * @throws WrongInput if it is empty or too long
   */
  public Between {
    if (span.isEmpty() || span.length() > Micros.of(LONGEST)) {
      throw new WrongInput(
          "the period from %s to %s is empty or longer than %s: use other ends"
              .formatted(
                  Micros.toInstant(span.start()),
                  Micros.toInstant(span.end()),
                  Durations.format(LONGEST)));
    }
  }

  @Override
  public Span whole(long asOf, Schedule schedule) {
    return span;
  }

  @Override
  public boolean isLocal() {
    return false;
  }

  @Override
  public void requireKnown(long asOf) {
    if (span.end() > asOf) {
      throw new WrongInput(
          "to is %s, after the as-of instant %s: use an earlier one, or a later as-of, for example now"
              .formatted(Micros.toInstant(span.end()), Micros.toInstant(asOf)));
    }
  }

  @Override
  public Between before() {
    return new Between(Span.endingAt(span.start(), span.length()));
  }

  @Override
  public String format() {
    return Micros.toInstant(span.start()) + "/" + Micros.toInstant(span.end());
  }
}
