package dev.storewatch.poll;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/** The as-of instant of a request, as the caller gave it; nothing after it is known. */
public sealed interface AsOf {
  /** The newest poll, of the stores that the caller may see, that is not after the clock. */
  record Latest() implements AsOf {
    @Override
    public OptionalLong resolve(PollScan polls, Stores stores, Scope scope, long now) {
      return scope.isEverything() ? polls.newest(now) : polls.newest(stores.registry(), scope, now);
    }
  }

  /** The moment of the request. */
  record Now() implements AsOf {
    @Override
    public OptionalLong resolve(PollScan polls, Stores stores, Scope scope, long now) {
      return OptionalLong.of(now);
    }
  }

  /**
   * An instant that is given.
   *
   * @param micros microseconds since the epoch
   */
  record At(long micros) implements AsOf {
    /**
     * Returns the instant, since it is not after the clock: nothing is up or down before it has
     * happened.
     *
     * @param now the clock, in microseconds since the epoch
     * @throws WrongInput if it is after the clock
     */
    public long notAfter(long now) {
      if (micros > now) {
        throw new WrongInput(
            "the as-of instant %s is after the clock, which says %s: use an instant that has passed, latest or now"
                .formatted(Micros.toInstant(micros), Micros.toInstant(now)));
      }
      return micros;
    }

    @Override
    public OptionalLong resolve(PollScan polls, Stores stores, Scope scope, long now) {
      return OptionalLong.of(notAfter(now));
    }
  }

  /**
   * The first instant that may be given: early enough for every poll, late enough to compute with.
   */
  Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");

  /** The first instant that is too late to be given. */
  Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /**
   * Reads {@code latest}, {@code now} or an instant in a form that files may have too, in UTC
   * unless it has an offset.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static AsOf parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "latest" -> new Latest();
      case "now" -> new Now();
      default -> new At(Micros.of(instant(text)));
    };
  }

  private static Instant instant(String text) {
    Instant instant =
        InstantReader.parameter(text)
            .orElseThrow(
                () ->
                    new WrongInput(
                        "'%s' is not an as-of instant: use latest, now or for example 2023-01-25T18:13:22Z, in UTC unless it has an offset"
                            .formatted(text)));
    if (instant.isBefore(EARLIEST) || !instant.isBefore(END)) {
      throw new WrongInput(
          "the as-of instant %s is out of range: use one of the years 1900 to 9999"
              .formatted(text));
    }
    return instant;
  }

  /**
   * Returns the instant in microseconds since the epoch; empty for the newest poll when there is
   * none.
   *
   * @param stores the stores
   * @param scope those of them that the caller may see
   * @param now the moment of the request, in microseconds since the epoch
   * @throws WrongInput if the instant that was given is after that moment
   */
  OptionalLong resolve(PollScan polls, Stores stores, Scope scope, long now);
}
