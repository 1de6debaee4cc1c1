package dev.storewatch.history;

import java.io.PrintWriter;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.Locale;

/** The hours of the week as lines: CSV, or a table. */
public final class HoursOfWeekLines {
  private static final String TABLE = "%-9s  %8s  %10s  %10s  %10s  %10s";

  private HoursOfWeekLines() {}

  /** Writes a row for each hour, with the names of the columns before them. */
  public static void csv(HoursOfWeekView week, PrintWriter out) {
    HistoryLines.line(
        out,
        "day,hour,uptime_minutes,downtime_minutes,unknown_minutes,excluded_minutes,down_percent");
    for (HoursOfWeekView.Hour hour : week.hours()) {
      HistoryLines.line(
          out,
          String.join(
              ",",
              Integer.toString(hour.day()),
              Integer.toString(hour.hour()),
              DetailedRows.minutes(hour.up()),
              DetailedRows.minutes(hour.down()),
              DetailedRows.minutes(hour.unknown()),
              DetailedRows.minutes(hour.excluded()),
              DetailedRows.percent(hour.downPercent())));
    }
  }

  /** Writes a table for people, of the hours that are open at all. */
  public static void table(HoursOfWeekView week, PrintWriter out) {
    HistoryLines.line(
        out,
        "%d %s, %s to %s, as of %s"
            .formatted(
                week.stores(),
                week.stores() == 1 ? "store" : "stores together",
                week.first(),
                week.last(),
                week.asOf()));
    HistoryLines.line(
        out, TABLE.formatted("hour", "down %", "up min", "down min", "unknown", "planned"));
    for (HoursOfWeekView.Hour hour : week.hours()) {
      if (isOpen(hour)) {
        HistoryLines.line(
            out,
            TABLE.formatted(
                name(hour),
                DetailedRows.percent(hour.downPercent()),
                DetailedRows.minutes(hour.up()),
                DetailedRows.minutes(hour.down()),
                DetailedRows.minutes(hour.unknown()),
                DetailedRows.minutes(hour.excluded())));
      }
    }
  }

  private static boolean isOpen(HoursOfWeekView.Hour hour) {
    return hour.up().signum() > 0
        || hour.down().signum() > 0
        || hour.unknown().signum() > 0
        || hour.excluded().signum() > 0;
  }

  private static String name(HoursOfWeekView.Hour hour) {
    String day = DayOfWeek.of(hour.day() + 1).getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    return "%s %02d:00".formatted(day, hour.hour());
  }
}
