package dev.storewatch.uptime;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The windows that end at an as-of instant: the last hour, day and week, or any others. */
public final class Windows {
  /** The last hour, day and week: 1, 24 and 168 elapsed hours. */
  public static final List<Duration> STANDARD =
      List.of(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(7));

  /** The longest window: about ten years. */
  public static final Duration LONGEST = Duration.ofDays(3_660);

  /** The parts of a duration: weeks, days, hours, minutes, seconds. */
  private static final Pattern PARTS =
      Pattern.compile(
          "P(?=.)(?:N W)?(?:N D)?(?:T(?=.)(?:N H)?(?:N M)?(?:N S)?)?"
              .replace("N ", "(\\d{1,12}(?:[.,]\\d{1,9})?)"));

  private static final long[] SECONDS = {604_800, 86_400, 3_600, 60, 1};

  /** A period of the calendar, which is not elapsed time. */
  private static final Pattern CALENDAR =
      Pattern.compile("(?i)P(\\d+Y(\\d+M)?|\\d+M)(\\d+W)?(\\d+D)?(T.+)?");

  private Windows() {}

  /**
   * Returns the window of a given length that ends at an instant, as {@link #endingAt(long, List)}
   * does.
   */
  public static Span endingAt(long asOf, Duration length) {
    return endingAt(asOf, List.of(length)).getFirst();
  }

  /**
   * Returns the windows of the given lengths that end at an instant, in the same order.
   *
   * @param asOf the instant, in microseconds since the epoch
   * @throws WrongInput if a length is not positive or more than {@link #LONGEST}
   */
  public static List<Span> endingAt(long asOf, List<Duration> lengths) {
    return lengths.stream().map(length -> Span.endingAt(asOf, checked(length))).toList();
  }

  private static long checked(Duration length) {
    check(length);
    return Micros.of(length);
  }

  /**
   * Checks the length of a window.
   *
   * @throws WrongInput if it is not positive, more than {@link #LONGEST}, or not a whole number of
   *     microseconds
   */
  public static void check(Duration length) {
    if (!length.isPositive()
        || length.compareTo(LONGEST) > 0
        || length.toNanosPart() % 1_000 != 0) {
      throw new WrongInput(
          "a window lasts %s: use a positive length of at most %s, for example PT1H or P7D"
              .formatted(format(length), format(LONGEST)));
    }
  }

  /**
   * Reads the length of a window from an ISO 8601 duration.
   *
   * @throws IllegalArgumentException if the text is not a duration, or no window can have that
   *     length
   */
  public static Duration parse(String text) {
    Duration length = duration("the window", text, "PT1H or P7D");
    check(length);
    return length;
  }

  /**
   * Reads lengths of windows from ISO 8601 durations separated by commas: {@code PT1H,P1D,P7D}.
   *
   * @throws WrongInput if one is not a duration
   */
  public static List<Duration> parseAll(String text) {
    return Arrays.stream(text.split(",", -1)).map(Windows::parse).toList();
  }

  /**
   * Reads an ISO 8601 duration of elapsed time: what {@link Duration} reads, and weeks and a
   * fraction of the last part as well, such as {@code P1W} and {@code PT1.5H}.
   *
   * @param what what it is, for the message
   * @param example what would be right, for the message
   * @throws WrongInput if it is not one
   */
  public static Duration duration(String what, String text, String example) {
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

  private static WrongInput wrong(String what, String text, String example) {
    return new WrongInput(
        CALENDAR.matcher(text.strip()).matches()
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
