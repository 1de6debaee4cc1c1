package dev.storewatch.dashboard;

import dev.storewatch.history.HoursOfWeekView;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hours of the week as a map of how much of each was down, and as a table.
 *
 * @param cells the hours that are open at some time
 * @param days the days of the week, from Monday on
 * @param hours some hours of the day
 * @param rows the days with all their hours
 * @param dates which days count
 */
public record HeatMap(
    List<Cell> cells, List<Label> days, List<Label> hours, List<Row> rows, String dates) {
  private static final int LEFT = 44;
  private static final int CELL_WIDTH = 39;
  private static final int CELL_HEIGHT = 26;
  private static final int HOURS_OF_DAY = 24;
  private static final int LABELLED = 3;

  /** From which share of down time on a cell has a deeper shade, in percent. */
  private static final double[] SHADES = {0, 1, 3, 10, 30};

  /**
   * An hour of the week.
   *
   * @param shade {@code heat-0} without down time to {@code heat-5}, or {@code heat-unknown}
   * @param title what it stands for
   */
  public record Cell(int x, int y, int width, int height, String shade, String title) {}

  /** A name beside the cells. */
  public record Label(int x, int y, String text) {}

  /** A day with the share of down time of each of its hours, or a dash. */
  public record Row(String day, List<String> hours) {}

  static HeatMap of(HoursOfWeekView view) {
    List<Cell> cells = new ArrayList<>();
    List<Label> days = new ArrayList<>();
    List<Label> hours = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      int y = (day.getValue() - 1) * CELL_HEIGHT;
      days.add(new Label(0, y + CELL_HEIGHT - 8, name));
      List<String> shares = new ArrayList<>();
      for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
        HoursOfWeekView.Hour its = view.hours().get((day.getValue() - 1) * HOURS_OF_DAY + hour);
        String share = share(its);
        shares.add(share);
        String shade = shade(its);
        if (shade != null) {
          cells.add(
              new Cell(
                  LEFT + hour * CELL_WIDTH,
                  y,
                  CELL_WIDTH - 2,
                  CELL_HEIGHT - 2,
                  shade,
                  "%s %02d:00: %s".formatted(name, hour, share)));
        }
      }
      rows.add(new Row(name, shares));
    }
    for (int hour = 0; hour < HOURS_OF_DAY; hour += LABELLED) {
      hours.add(
          new Label(LEFT + hour * CELL_WIDTH, 7 * CELL_HEIGHT + 14, "%02d:00".formatted(hour)));
    }
    return new HeatMap(cells, days, hours, rows, "%s to %s".formatted(view.first(), view.last()));
  }

  private static String share(HoursOfWeekView.Hour hour) {
    BigDecimal percent = hour.downPercent();
    if (percent != null) {
      return percent.toPlainString() + " %";
    }
    return hour.unknown().signum() > 0 ? "?" : "–";
  }

  /** Returns null for an hour that is never open. */
  private static @Nullable String shade(HoursOfWeekView.Hour hour) {
    BigDecimal percent = hour.downPercent();
    if (percent == null) {
      return hour.unknown().signum() > 0 ? "heat-unknown" : null;
    }
    int shade = 0;
    while (shade < SHADES.length && percent.doubleValue() > SHADES[shade]) {
      shade++;
    }
    return "heat-" + shade;
  }
}
