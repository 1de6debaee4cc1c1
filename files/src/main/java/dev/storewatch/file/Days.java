package dev.storewatch.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Days of the week as texts: a number, also as {@code 0.0}, which spreadsheets make of one, or an
 * English name or its beginning, such as {@code Monday}, {@code mon} or {@code Tues.}.
 */
final class Days {
  /** Returned for a text that is not a day. */
  static final int IMPOSSIBLE = -1;

  private static final int NO_NUMBER = -1;
  private static final int SHORTEST_NAME = 2;
  private static final List<String> NAMES =
      List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

  private Days() {}

  /** Returns the number that a text is, -1 if it is none. */
  static int number(byte[] text, int from, int to) {
    if (from == to || text[from] < '0' || text[from] > '9') {
      return NO_NUMBER;
    }
    boolean whole = to == from + 1 || TimesOfDay.isZeroFraction(text, from + 1, to);
    return whole ? text[from] - '0' : NO_NUMBER;
  }

  /** Returns the day of a name, 0 (Monday) to 6 (Sunday), or {@link #IMPOSSIBLE}. */
  static int named(byte[] text, int from, int to) {
    String word =
        new String(text, from, to - from, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    String name = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
    return name.length() < SHORTEST_NAME
        ? IMPOSSIBLE
        : IntStream.range(0, NAMES.size())
            .filter(day -> NAMES.get(day).startsWith(name))
            .findFirst()
            .orElse(IMPOSSIBLE);
  }
}
