package dev.storewatch.system;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * A setting as its text was given, for example in the environment.
 *
 * @param name its name, for example {@code storewatch.report-retention}
 */
public record Setting(String name, String text) {
  /** Says that a setting is no good, and shows one that is; the server does not start then. */
  public static final class Bad extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private Bad(Setting setting, String right) {
      super("%s is '%s': use %s".formatted(setting.name, setting.text, right));
    }
  }

  /**
   * Returns the whole number.
   *
   * @throws Bad if it is none, or smaller than {@code least}
   */
  public int wholeNumber(int least, int example) {
    try {
      int number = Integer.parseInt(text.strip());
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number that is too small.
    }
    throw new Bad(this, "a whole number from %d on, for example %d".formatted(least, example));
  }

  /**
   * Returns the duration.
   *
   * @throws Bad if it is none, or out of range
   */
  public Duration duration(Duration least, Duration most, String example) {
    try {
      Duration duration = Duration.parse(text.strip());
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Said below, like one that is out of range.
    }
    throw new Bad(
        this,
        "an ISO 8601 duration from %s to P%dD, for example %s"
            .formatted(least, most.toDays(), example));
  }
}
