package dev.storewatch.instant;

import dev.storewatch.input.WrongInput;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lengths of elapsed time as ISO 8601 writes them. */
public final class Durations {
  /** The parts of a duration: weeks, days, hours, minutes, seconds. */
  private static final Pattern PARTS =
      Pattern.compile(
          "P(?=.)(?:N W)?(?:N D)?(?:T(?=.)(?:N H)?(?:N M)?(?:N S)?)?"
              .replace("N ", "(\\d{1,12}(?:[.,]\\d{1,9})?)"));

  private static final long[] SECONDS = {604_800, 86_400, 3_600, 60, 1};

  /** A period of the calendar, which is not elapsed time. */
  private static final Pattern CALENDAR =
      Pattern.compile("(?i)P(\\d+Y(\\d+M)?|\\d+M)(\\d+W)?(\\d+D)?(T.+)?");

  private Durations() {}

  /**
   * Reads an ISO 8601 duration of elapsed time: what {@link Duration} reads, and weeks and a
   * fraction of the last part as well, such as {@code P1W} and {@code PT1.5H}.
   *
   * @param what what it is, for the message
   * @param example what would be right, for the message
   * @throws WrongInput if it is not one
   */
  public static Duration parse(String what, String text, String example) {
    String stripped = text.strip();
    try {
      return Duration.parse(stripped);
    } catch (DateTimeParseException e) {
      Matcher parts = PARTS.matcher(stripped.toUpperCase(Locale.ROOT));
      Duration sum = parts.matches() ? sum(parts) : null;
      if (sum == null) {
        throw wrong(what, text, example);
      }
      return sum;
    }
  }

  /** Returns whether a text is a period of the calendar, which is of no one length. */
  public static boolean isOfCalendar(String text) {
    return CALENDAR.matcher(text.strip()).matches();
  }

  private static WrongInput wrong(String what, String text, String example) {
    return new WrongInput(
        isOfCalendar(text)
            ? "%s '%s' has months or years, which are of no one length: use for example %s"
                .formatted(what, text, "P30D or P365D")
            : "%s '%s' is not an ISO 8601 duration: use for example %s"
                .formatted(what, text, example));
  }

  /**
   * Returns the sum of the parts; null if one before the last has a fraction, or they are centuries
   * or less than a nanosecond.
   */
  private static @Nullable Duration sum(Matcher parts) {
    BigDecimal seconds = BigDecimal.ZERO;
    boolean fraction = false;
    for (int part = 0; part < SECONDS.length; part++) {
      @Nullable String number = parts.group(part + 1);
      if (number == null) {
        continue;
      }
      if (fraction) {
        return null;
      }
      fraction = number.contains(".") || number.contains(",");
      BigDecimal count = new BigDecimal(number.replace(',', '.'));
      seconds = seconds.add(count.multiply(BigDecimal.valueOf(SECONDS[part])));
    }
    try {
      return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
    } catch (ArithmeticException e) {
      return null;
    }
  }

  /**
   * Returns a length as an ISO 8601 duration, with whole days as days: {@code PT1H}, {@code P1D},
   * {@code P7D}.
   */
  public static String format(Duration length) {
    boolean wholeDays = length.equals(Duration.ofDays(length.toDays()));
    return wholeDays ? "P" + length.toDays() + "D" : length.toString();
  }
}
