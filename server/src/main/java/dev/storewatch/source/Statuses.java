package dev.storewatch.source;

import dev.storewatch.input.WrongInput;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statuses of HTTP by which a store is online, such as {@code 200-299,404}.
 *
 * @param text the statuses and ranges of them, separated by commas
 */
record Statuses(String text) {
  static final Statuses USUAL = new Statuses("200-399");

  private static final Pattern RANGE = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");
  private static final int LONGEST = 100;

  /**
   * Reads statuses.
   *
   * @throws WrongInput if they are none
   */
  static Statuses parse(String text) {
    String plain = text.replace(" ", "");
    boolean right =
        plain.length() <= LONGEST
            && Arrays.stream(plain.split(",", -1))
                .map(RANGE::matcher)
                .allMatch(range -> range.matches() && first(range) <= last(range));
    if (!right) {
      throw new WrongInput(
          "status is '%s': use statuses from 100 to 599 and ranges of them, for example 200-299,404"
              .formatted(text));
    }
    return new Statuses(plain);
  }

  private static int first(Matcher range) {
    return Integer.parseInt(range.group(1));
  }

  private static int last(Matcher range) {
    return range.group(2) == null ? first(range) : Integer.parseInt(range.group(2));
  }

  /** Returns whether a status is one of them. */
  boolean includes(int status) {
    return Arrays.stream(text.split(",", -1))
        .map(RANGE::matcher)
        .anyMatch(range -> range.matches() && first(range) <= status && status <= last(range));
  }
}
