package dev.storewatch.dashboard;

import dev.storewatch.calendar.StoreCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The real opening days of a store in a month, as a table of weeks.
 *
 * @param title the month and the year
 * @param before the address of the month before
 * @param after the address of the month after
 * @param weeks the weeks from Monday to Sunday; null for a day of another month
 */
public record MonthView(
    String title, String before, String after, List<List<@Nullable Cell>> weeks) {
  private static final DateTimeFormatter TITLE =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);
  private static final long HOUR = 3_600;

  /**
   * A date.
   *
   * @param date the weekday and the date
   * @param link the address of its stretches; null while it is not there yet
   * @param hours when the store is open, or that it is not
   * @param marks what is special about the date
   * @param isToday whether it is the date of the newest poll
   */
  public record Cell(
      String date,
      @Nullable String link,
      List<String> hours,
      List<String> marks,
      boolean isToday) {}

  /** Returns the names of the weekdays, as they stand above the weeks. */
  public static List<String> weekdays() {
    return List.of(DayOfWeek.values()).stream()
        .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
        .toList();
  }

  /**
   * Returns a month.
   *
   * @param days all of its days
   * @param today the date of the newest poll, on the clocks of the store
   * @param ofMonth returns the address of another month
   * @param ofDay returns the address of the stretches of a day
   */
  static MonthView of(
      YearMonth month,
      List<StoreCalendar.Day> days,
      LocalDate today,
      Function<YearMonth, String> ofMonth,
      Function<LocalDate, String> ofDay) {
    List<List<@Nullable Cell>> weeks = new ArrayList<>();
    List<@Nullable Cell> week = new ArrayList<>();
    for (int blank = 1; blank < month.atDay(1).getDayOfWeek().getValue(); blank++) {
      week.add(null);
    }
    for (StoreCalendar.Day day : days) {
      String link = day.date().isAfter(today) ? null : ofDay.apply(day.date());
      week.add(
          new Cell(
              DATE.format(day.date()), link, hours(day), marks(day), day.date().equals(today)));
      if (day.date().getDayOfWeek() == DayOfWeek.SUNDAY) {
        weeks.add(week);
        week = new ArrayList<>();
      }
    }
    if (!week.isEmpty()) {
      while (week.size() < DayOfWeek.values().length) {
        week.add(null);
      }
      weeks.add(week);
    }
    return new MonthView(
        TITLE.format(month),
        ofMonth.apply(month.minusMonths(1)),
        ofMonth.apply(month.plusMonths(1)),
        weeks);
  }

  private static List<String> hours(StoreCalendar.Day day) {
    if (day.open().isEmpty()) {
      return List.of("closed");
    }
    return day.open().stream()
        .map(open -> "%s–%s".formatted(time(day.date(), open.from()), time(day.date(), open.to())))
        .toList();
  }

  /** Returns a time of day; 24:00 for the midnight that ends the date. */
  private static String time(LocalDate date, OffsetDateTime at) {
    if (at.toLocalDate().isAfter(date)) {
      return "24:00";
    }
    return at.toLocalTime().toString(); // with seconds if there are any
  }

  private static List<String> marks(StoreCalendar.Day day) {
    List<String> marks = new ArrayList<>();
    if (day.restsOn().equals("special_day")) {
      marks.add(day.label() == null ? "special day" : "special day: " + day.label());
    }
    day.closures().forEach(reason -> marks.add("planned closure: " + reason));
    if (day.date().equals(day.weeklyFrom())) {
      marks.add("new weekly hours from here on");
    }
    if (day.clocksChange() != 0) {
      marks.add(
          "the clocks go %s %s"
              .formatted(
                  day.clocksChange() > 0 ? "forward" : "back",
                  change(Math.abs(day.clocksChange()))));
    }
    return marks;
  }

  private static String change(long seconds) {
    return seconds % HOUR == 0 ? seconds / HOUR + " h" : Lengths.of(seconds * 1_000_000);
  }
}
