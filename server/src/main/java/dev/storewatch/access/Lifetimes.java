package dev.storewatch.access;

import dev.storewatch.input.WrongInput;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** The lifetimes of keys, read from texts. */
public final class Lifetimes {
  private static final Duration LONGEST = Duration.ofDays(3_660);

  private Lifetimes() {}

  /**
   * Reads an ISO 8601 duration.
   *
   * @throws IllegalArgumentException if the text is not one, or it is not between a minute and some
   *     ten years
   */
  public static Duration parse(String text) {
    Duration lifetime;
    try {
      lifetime = Duration.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new WrongInput(
          "'%s' is not a lifetime: use an ISO 8601 duration, for example P90D".formatted(text), e);
    }
    if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "a key is good for a minute to %d days, not %s: use for example P90D"
              .formatted(LONGEST.toDays(), text));
    }
    return lifetime;
  }
}
