package dev.storewatch.store;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import java.time.DayOfWeek;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The times of day of an interval as requests write them: {@code HH:mm} or {@code HH:mm:ss}. */
public final class DayTimes {
  private static final Pattern TIME =
      Pattern.compile("(?:([01]\\d|2[0-3]):([0-5]\\d)|(24):(00))(?::([0-5]\\d))?");

  private DayTimes() {}

  /**
   * Returns an interval of a day.
   *
   * @param where what it is, for messages
   * @param example what would be right, for messages
   * @throws WrongInput if a time is missing, or is none
   */
  public static OpeningInterval read(
      DayOfWeek day,
      String where,
      @Nullable String opens,
      @Nullable String closes,
      String example) {
    if (opens == null || closes == null) {
      throw new WrongInput(
          "%s needs opens and closes: write for example %s".formatted(where, example));
    }
    return new OpeningInterval(
        day,
        time(where + ".opens", opens, OpeningInterval.DAY_SECONDS - 1, "23:59:59", example),
        time(where + ".closes", closes, OpeningInterval.DAY_SECONDS, "24:00", example));
  }

  private static int time(String where, String text, int last, String lastText, String example) {
    Matcher time = TIME.matcher(text);
    int second = time.matches() ? second(time) : Integer.MAX_VALUE;
    if (second > last) {
      throw new WrongInput(
          "%s is '%s', not a time from 00:00 to %s: write for example %s"
              .formatted(where, text, lastText, example));
    }
    return second;
  }

  private static int second(Matcher time) {
    int hour = Integer.parseInt(time.group(1) == null ? time.group(3) : time.group(1));
    int minute = time.group(2) == null ? 0 : Integer.parseInt(time.group(2));
    int second = time.group(5) == null ? 0 : Integer.parseInt(time.group(5));
    return (hour * 60 + minute) * 60 + second;
  }
}
