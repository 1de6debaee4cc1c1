package dev.storewatch.setting;

import dev.storewatch.input.Sizes;
import dev.storewatch.input.WrongInput;
import org.springframework.util.unit.DataSize;

/**
 * What the limits of all features have in common: how their names begin, and the message about one
 * that is too small. Each feature has a record of its own for its limits.
 *
 * <p>They are checked in the records' constructors and not by annotations of Bean Validation,
 * because every message has to show a value that would be right, and so that a record which was not
 * made by Spring is checked as well.
 */
public final class Limits {
  /** The beginning of the names of the settings. */
  public static final String PREFIX = "storewatch.limits";

  private Limits() {}

  /**
   * Checks a limit.
   *
   * @param setting its name without the prefix
   * @param example a value that would be right
   * @throws WrongInput if it is too small for anything to be let in
   */
  public static void require(boolean right, String setting, Object value, String example) {
    if (!right) {
      throw new WrongInput(
          "%s.%s is %s: use more, for example %s".formatted(PREFIX, setting, value, example));
    }
  }

  /** Returns a size as people say it: {@code 10 GB}. */
  public static String words(DataSize size) {
    return Sizes.words(size.toBytes());
  }
}
